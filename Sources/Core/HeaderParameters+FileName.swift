extension HeaderParameters {
    /// What a file is called in the header `Content-Disposition` of an answer (RFC 6266): `filename*`, where it can be read,
    /// goes before `filename`.
    public var fileName: String? {
        first("filename*").flatMap(Self.extendedValue) ?? first("filename")
    }

    /// A value such as `UTF-8''a%20b.txt` (RFC 8187); nil for what is none in UTF-8.
    private static func extendedValue(_ text: String) -> String? {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        var bytes: [UInt8] = []
        var rest = parts[2].utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
