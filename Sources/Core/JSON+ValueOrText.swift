extension JSON {
    /// What a program or server handed over: the value if the bytes are JSON, else their text, in which replacement
    /// characters stand for what is not UTF-8.
    public init(valueOrText bytes: [UInt8]) {
        do {
            self = try JSON(parsing: bytes)
        } catch {
            // Not an error: most programs print text.
            self = .string(String(decoding: bytes, as: UTF8.self))
        }
    }
}
