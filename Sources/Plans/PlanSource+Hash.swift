public import Core

extension PlanSource {
    /// The address of this version: SHA-256 over text and files. Every part is preceded by its length, so that nothing
    /// can pass from one to the next unnoticed; the path of the document itself does not count.
    public var hash: ContentHash {
        var bytes = Array("signalbox plan 1\n".utf8)
        func append(_ part: String) {
            let part = Array(part.utf8)
            append(part.count)
            bytes.append(contentsOf: part)
        }
        func append(_ count: Int) {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: count >> shift))
            }
        }
        append(text)
        append(files.count)
        for (path, contents) in files.sorted(by: { $0.key < $1.key }) {
            append(path)
            append(contents)
        }
        return ContentHash(of: bytes)
    }
}
