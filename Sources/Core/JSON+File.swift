extension JSON {
    /// Parses the text of a file.
    /// - Parameter file: what errors call it.
    /// - Throws: `SignalboxError` as `init(parsing:)` does, with the place in the file.
    public init(parsing text: [UInt8], file: String) throws {
        do {
            self = try JSON(parsing: text)
        } catch var error as SignalboxError {
            error.place = error.place?.inside(file)
            throw error
        }
    }
}
