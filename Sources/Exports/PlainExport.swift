internal import Core

/// An export without what programs do to files on their way: line breaks of another kind, and a mark of the encoding.
struct PlainExport: Sendable {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private(set) var bytes: [UInt8] = []
    private let hasMark: Bool
    /// How many line breaks there are, and before how many a carriage return stood.
    private var breaks = 0
    private var returns = 0

    init(_ file: [UInt8]) {
        hasMark = file.starts(with: Self.mark)
        let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        bytes.reserveCapacity(file.count)
        for byte in hasMark ? file.dropFirst(Self.mark.count) : file[...] {
            if byte == feed {
                breaks += 1
                if bytes.last == carriage {
                    bytes.removeLast()
                    returns += 1
                }
            }
            bytes.append(byte)
        }
    }

    /// Whether all line breaks were changed, and nothing else.
    var hasOnlyReturns: Bool { !hasMark && returns == breaks }

    /// What was done to it; nil for nothing.
    var sentence: String? {
        var parts: [String] = []
        if returns > 0 {
            let which = returns == breaks ? "the" : "\(returns) of the \(breaks)"
            parts.append("\(which) line breaks were changed to CR LF")
        }
        if hasMark { parts.append("a byte order mark was put before the first line") }
        return parts.isEmpty ? nil : parts.joined(separator: ", and ")
    }
}
