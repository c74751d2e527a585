internal import Glibc

/// A file that is written piece by piece beside its place, and takes it whole or not at all. Its calls block.
public final class PartialFile: Sendable {
    /// Where it will stand.
    public let path: String
    private let partial: String
    private let descriptor: Int32
    private let unfinished: UnfinishedFiles

    /// Begins a file that only this user can read.
    /// - Parameters:
    ///   - isReplacing: whether a file that stands there may be replaced.
    ///   - unfinished: told what must not stay when the work is cut off.
    /// - Throws: `SignalboxError`: `conflict` when something stands there that may not be replaced, `storage_error`.
    public init(
        _ path: String, isReplacing: Bool, unfinished: UnfinishedFiles = UnfinishedFiles()
    ) throws {
        switch FileSystem.kind(path) {
        case nil: break
        case .file where isReplacing: break
        case .file:
            throw SignalboxError(
                .conflict, "There is a file \(path) already.", hint: "Choose another name, or replace it with --force.")
        case .directory, .other: throw SignalboxError(.conflict, "\(path) is not a regular file.")
        }
        self.path = path
        partial = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).partial"
        self.unfinished = unfinished
        try unfinished.begin([partial])
        descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("The file \(path) cannot be written") }
    }

    /// - Throws: `SignalboxError` with code `storage_error`.
    public func append(_ bytes: [UInt8]) throws {
        try FileSystem.writeAll(bytes, to: descriptor, path: path)
    }

    /// Puts the file at its place; when this returns, it survives the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func finish() throws {
        try unfinished.finish { try FileSystem.moveDurably(partial, to: path) }
    }

    deinit {
        // Once it has its place, nothing stands there any more.
        _ = unsafe unlink(partial)
        close(descriptor)
    }
}
