public import Core

/// Bytes under their hash, as files in a directory. Written once, never changed; writing the same bytes again does
/// nothing. Calls block: they do not belong on Swift's thread pool when the bytes are many.
public struct BlobStore: Sendable {
    private let directory: String

    /// A store in that directory, which is made when the first blob comes.
    public init(directory: String) {
        self.directory = directory
    }

    /// Keeps the bytes; when this returns, they survive the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func write(_ bytes: [UInt8]) throws -> ContentHash {
        let hash = ContentHash(of: bytes)
        let path = self.path(of: hash)
        guard !FileSystem.exists(path) else { return hash }
        try FileSystem.createDirectory(parent(of: hash))
        try FileSystem.writeAtomically(bytes, to: path)
        return hash
    }

    /// The bytes under that hash.
    /// - Throws: `SignalboxError` with code `not_found` or `storage_error`.
    public func read(_ hash: ContentHash) throws -> [UInt8] {
        try FileSystem.read(path(of: hash))
    }

    /// Where the bytes of that hash lie, or would lie.
    public func path(of hash: ContentHash) -> String {
        parent(of: hash) + "/" + hash.rawValue
    }

    private func parent(of hash: ContentHash) -> String {
        directory + "/" + hash.rawValue.prefix(2)
    }
}
