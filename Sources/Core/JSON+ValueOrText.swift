extension JSON {
    /// What a program or server handed over: the value if the bytes are JSON that the journal can keep, also inside an
    /// object, else their text, in which replacement characters stand for what is not UTF-8.
    public init(valueOrText bytes: [UInt8]) {
        do {
            let value = try JSON(parsing: bytes)
            self = JSON.array([value]).hasBoundedDepth ? value : .string(String(decoding: bytes, as: UTF8.self))
        } catch {
            // Not an error: most programs print text.
            self = .string(String(decoding: bytes, as: UTF8.self))
        }
    }
}
