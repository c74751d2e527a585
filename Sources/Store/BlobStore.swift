public import Core
internal import Synchronization

/// Bytes under their hash, as files in a directory. Written once, never changed; writing the same bytes again only says
/// that they are needed still. Calls block: they do not belong on Swift's thread pool when the bytes are many.
public struct BlobStore: Sendable {
    private let directory: String
    /// Held while a known blob is found needed or not needed: it cannot be both.
    private let use = Use()

    private final class Use: Sendable {
        let lock = Mutex(())
    }

    /// A store in that directory, which is made when the first blob comes; what it stands in must be there.
    public init(directory: String) {
        self.directory = directory
    }

    /// Keeps the bytes; when this returns, they survive the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func write(_ bytes: [UInt8]) throws -> ContentHash {
        let hash = ContentHash(of: bytes)
        if try keep(hash) { return hash }
        let path = self.path(of: hash)
        try prepare(hash)
        try FileSystem.createDirectory("writing", in: directory)
        try FileSystem.writeAtomically(bytes, to: path, by: scratch + "/" + hash.short)
        return hash
    }

    /// Begins a blob that comes piece by piece.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func writer() throws -> BlobWriter {
        try FileSystem.createDirectory("writing", in: directory)
        return try BlobWriter(self, scratch: "\(scratch)/\(UInt64.random(in: 0 ... .max)).partial")
    }

    /// Makes the directory in which a blob of that hash stands.
    func prepare(_ hash: ContentHash) throws {
        try FileSystem.createDirectory(String(hash.rawValue.prefix(2)), in: directory)
    }

    /// Gives a file that has these bytes, and is on the disk, its place among the blobs, in a directory that was prepared.
    func adopt(_ hash: ContentHash, from path: String) throws {
        if try keep(hash) { return FileSystem.remove(path) }
        try FileSystem.moveDurably(path, to: self.path(of: hash))
    }

    /// The blob under that hash, open for reading.
    /// - Throws: `SignalboxError` with code `not_found` or `storage_error`.
    public func open(_ hash: ContentHash) throws -> OpenFile {
        try OpenFile(path(of: hash))
    }

    /// The bytes under that hash.
    /// - Throws: `SignalboxError` with code `not_found` or `storage_error`.
    public func read(_ hash: ContentHash) throws -> [UInt8] {
        try FileSystem.read(path(of: hash))
    }

    /// Says that somebody is about to need the blob; false when it is not there.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func keep(_ hash: ContentHash) throws -> Bool {
        let path = self.path(of: hash)
        return try use.lock.withLock { _ in try FileSystem.touch(path) }
    }

    /// Removes a blob, unless it was written or written again since that time: then somebody is about to need it.
    /// - Returns: whether it is gone.
    public func remove(_ hash: ContentHash, unlessUsedSince time: Timestamp) -> Bool {
        let path = self.path(of: hash)
        return use.lock.withLock { _ in
            guard let used = FileSystem.modified(path) else { return true }
            guard used < time else { return false }
            FileSystem.remove(path)
            return !FileSystem.exists(path)
        }
    }

    /// Removes what a crash has left of blobs that were being written. Only for the one engine of the directory, before it
    /// writes any.
    public func removeLeftovers() {
        FileSystem.remove(scratch)
    }

    /// Where the bytes of that hash lie, or would lie.
    public func path(of hash: ContentHash) -> String {
        parent(of: hash) + "/" + hash.rawValue
    }

    private func parent(of hash: ContentHash) -> String {
        directory + "/" + hash.rawValue.prefix(2)
    }

    /// Where blobs stand while they are written.
    private var scratch: String { directory + "/writing" }
}
