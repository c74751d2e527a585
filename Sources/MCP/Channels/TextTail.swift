internal import Core

/// The end of what a program wrote to stderr.
struct TextTail {
    private var bytes: [UInt8] = []

    private static let linesMaximum = 3

    mutating func append(_ portion: [UInt8]) {
        bytes += portion.suffix(Limits.mcpStderrBytesMaximum)
        if bytes.count > Limits.mcpStderrBytesMaximum { bytes.removeFirst(bytes.count - Limits.mcpStderrBytesMaximum) }
    }

    /// Its last lines on one line; nil when there are none.
    var text: String? {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { !$0.allSatisfy(\.isWhitespace) }.suffix(Self.linesMaximum)
        guard !lines.isEmpty else { return nil }
        return lines.joined(separator: " / ").map { $0.isASCII && $0.asciiValue ?? 0x20 < 0x20 ? " " : $0 }
            .reduce(into: "") { $0.append($1) }.suffixed(Limits.mcpNoteLengthMaximum)
    }
}

extension String {
    fileprivate func suffixed(_ length: Int) -> String { count <= length ? self : "…" + suffix(length) }
}
