/// Which part of some bytes a request asks for (RFC 9110 §14).
public enum ByteRange: Sendable, Hashable {
    /// All of them.
    case whole
    /// These, of which there is at least one.
    case part(Range<Int64>)
    /// None that there are.
    case unsatisfiable

    /// What `Range` and `If-Range` of a request select.
    ///
    /// Whatever is no single range of bytes is ignored, as the RFC lets a server do: several ranges, other units, and what
    /// cannot be read.
    /// - Parameters:
    ///   - tag: the strong validator of the bytes, with its quotation marks.
    ///   - size: how many bytes there are.
    public init(of request: Request, tag: String, size: Int64) {
        self = .whole
        guard request.method == .get, let text = request.headers["Range"], request.headers.all("Range").count == 1,
            request.headers["If-Range"] ?? tag == tag, let range = Self.single(text)
        else { return }
        switch range {
        case .from(let first):
            self = first < size ? .part(first..<size) : .unsatisfiable
        case .between(let first, let last):
            self = first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
        case .last(let count):
            self = count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .unsatisfiable
        }
    }

    private enum Asked {
        case from(Int64)
        case between(Int64, Int64)
        case last(Int64)
    }

    private static func single(_ text: String) -> Asked? {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, sides[0].lowercased() == "bytes" else { return nil }
        let ends = sides[1].split(separator: "-", omittingEmptySubsequences: false).map { end in
            String(end.filter { $0 != " " && $0 != "\t" })
        }
        guard ends.count == 2 else { return nil }
        switch (number(ends[0]), number(ends[1])) {
        case (let first?, let last?): return first <= last ? .between(first, last) : nil
        case (let first?, nil): return ends[1].isEmpty ? .from(first) : nil
        case (nil, let count?): return ends[0].isEmpty ? .last(count) : nil
        case (nil, nil): return nil
        }
    }

    /// A number of digits alone; one that is too large for us is larger than any file.
    private static func number(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text) ?? .max / 2
    }
}
