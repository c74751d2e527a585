public import Core
internal import Glibc

/// A blob that is written piece by piece, and is in the store whole or not at all. It belongs to one thread, and its calls
/// block.
///
/// Letting go of it before `commit` leaves nothing behind; what a crash leaves, the next engine removes
/// (`BlobStore.removeLeftovers`).
public final class BlobWriter {
    private enum State {
        case writing(descriptor: Int32, ContentHasher)
        /// All bytes are on the disk, but not in the store yet.
        case sealed(ContentHash)
    }

    private let store: BlobStore
    private let scratch: String
    private var state: State
    /// What was written so far, in bytes.
    public private(set) var size: Int64 = 0

    init(_ store: BlobStore, scratch: String) throws {
        self.store = store
        self.scratch = scratch
        let descriptor = unsafe open(scratch, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        state = .writing(descriptor: descriptor, ContentHasher())
        guard descriptor >= 0 else { throw FileSystem.failure("A file cannot be stored") }
    }

    deinit {
        if case .writing(let descriptor, _) = state, descriptor >= 0 { close(descriptor) }
        // Once it has its place, nothing stands there any more.
        _ = unsafe unlink(scratch)
    }

    /// Takes the next bytes.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func append(_ bytes: ArraySlice<UInt8>) throws {
        guard case .writing(let descriptor, var hasher) = state else {
            preconditionFailure("Nothing can be added to a blob that was sealed.")
        }
        hasher.append(bytes)
        state = .writing(descriptor: descriptor, hasher)
        try FileSystem.writeAll(bytes, to: descriptor, called: "A file that is being stored")
        size += Int64(bytes.count)
    }

    /// Ends the writing; when this returns, the bytes are on the disk, and so is the directory in which the blob will
    /// stand: all that needs room is done, and `commit` only gives it its name.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func seal() throws {
        guard case .writing(let descriptor, let hasher) = state else { return }
        guard fsync(descriptor) == 0 else { throw FileSystem.failure("A file that is being stored cannot be written") }
        close(descriptor)
        let hash = hasher.finish()
        state = .sealed(hash)
        try store.prepare(hash)
    }

    /// Puts the blob into the store; when this returns, it survives the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func commit() throws -> ContentHash {
        try seal()
        guard case .sealed(let hash) = state else { preconditionFailure("What was sealed has a hash.") }
        try store.adopt(hash, from: scratch)
        return hash
    }
}

@available(*, unavailable)
extension BlobWriter: Sendable {}
