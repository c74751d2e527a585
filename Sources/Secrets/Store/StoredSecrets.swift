/// The file of the stored secrets as bytes, without a directory: for tests of what may stand in it.
package enum StoredSecrets: Sendable {
    /// The bytes, encrypted.
    /// - Throws: `SignalboxError` when the text is no key.
    package static func seal(_ bytes: [UInt8], key: String) throws -> [UInt8] {
        SealedFile.seal(bytes, with: try SecretKey(hexadecimal: key, from: "The text"))
    }

    /// The bytes, decrypted; nil when the file was changed, or was encrypted with another key.
    /// - Throws: `SignalboxError` when the text is no key.
    package static func open(_ file: [UInt8], key: String) throws -> [UInt8]? {
        SealedFile.open(file, with: try SecretKey(hexadecimal: key, from: "The text"))
    }

    /// The values by name that decrypted bytes hold, and the bytes that hold just these.
    /// - Throws: `SignalboxError` when they hold none.
    package static func read(_ bytes: [UInt8]) throws -> (values: [String: String], written: [UInt8]) {
        let contents = try SecretContents(bytes)
        return (contents.values, contents.bytes)
    }
}
