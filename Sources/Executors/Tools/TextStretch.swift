internal import Core

/// A part of a text file, and how to go on.
struct TextStretch {
    enum Unit: String, Sendable {
        case lines, bytes
    }

    /// The part itself.
    let content: String
    /// What was left out before and behind, as a sentence; nil when it is all there is.
    let note: String?

    /// The part, with the note below it.
    var text: String {
        guard let note else { return content }
        let isEnded = content.isEmpty || content.hasSuffix("\n")
        return content + (isEnded ? "" : "\n") + "[\(note)]"
    }

    /// - Parameters:
    ///   - first: counted from 1.
    ///   - count: nil for the default.
    /// - Throws: `SignalboxError` when it is no text, or ends before.
    init(of file: [UInt8], path: String, from first: Int, count: Int?, unit: Unit) throws {
        // A mark of the byte order says nothing in UTF-8.
        let bytes = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file[3...] : file[...]
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw SignalboxError(
                .invalidInput, "\(path) is no text in UTF-8: it has \(file.count) bytes of another kind.",
                hint: "Pictures and PDF documents are shown; for anything else a program is needed.")
        }
        switch unit {
        case .lines: (content, note) = try Self.lines(of: bytes, path, first, count ?? Limits.toolLinesDefault)
        case .bytes: (content, note) = try Self.bytes(of: bytes, path, first, count ?? .max)
        }
    }

    private static func lines(
        of bytes: ArraySlice<UInt8>, _ path: String, _ first: Int, _ count: Int
    ) throws -> (String, String?) {
        var ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        if ends.last ?? bytes.startIndex < bytes.endIndex { ends.append(bytes.endIndex) }
        guard first <= max(ends.count, 1) else {
            throw SignalboxError(.invalidInput, "\(path) has only \(ends.count) lines.")
        }
        guard !ends.isEmpty else { return ("", "The file is empty.") }
        let start = first == 1 ? bytes.startIndex : ends[first - 2]
        var last = first - 1 + min(count, ends.count - first + 1)
        while last > first, ends[last - 1] - start > Limits.toolTextBytesMaximum { last -= 1 }
        let part = bytes[start..<ends[last - 1]]
        guard part.count <= Limits.toolTextBytesMaximum else {
            let kept = ToolText.whole(part.prefix(Limits.toolTextBytesMaximum))
            let next = kept.endIndex - bytes.startIndex + 1
            return (
                String(decoding: kept, as: UTF8.self),
                "The beginning of line \(first), which has \(part.count) bytes. Go on with unit bytes and offset \(next)."
            )
        }
        let content = String(decoding: part, as: UTF8.self)
        guard first > 1 || last < ends.count else { return (content, nil) }
        let next = last < ends.count ? " Go on with offset \(last + 1)." : ""
        return (content, "Lines \(first) to \(last) of \(ends.count).\(next)")
    }

    private static func bytes(
        of bytes: ArraySlice<UInt8>, _ path: String, _ first: Int, _ count: Int
    ) throws -> (String, String?) {
        guard first <= max(bytes.count, 1) else {
            throw SignalboxError(.invalidInput, "\(path) has only \(bytes.count) bytes.")
        }
        // To the beginning of a character.
        let from = bytes.dropFirst(first - 1).drop { $0 & 0xC0 == 0x80 }
        let part = ToolText.whole(from.prefix(max(min(count, Limits.toolTextBytesMaximum), 4)))
        let content = String(decoding: part, as: UTF8.self)
        guard part.count < bytes.count else { return (content, bytes.isEmpty ? "The file is empty." : nil) }
        let start = part.startIndex - bytes.startIndex + 1
        let end = part.endIndex - bytes.startIndex
        let next = end < bytes.count ? " Go on with offset \(end + 1)." : ""
        return (content, "Bytes \(start) to \(end) of \(bytes.count).\(next)")
    }
}
