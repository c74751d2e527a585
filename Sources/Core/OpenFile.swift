internal import Glibc

/// A regular file that is open for reading, at any place of it and by several readers at once. Reading blocks.
public final class OpenFile: Sendable {
    /// For calls of the system. It is closed when the file is let go of.
    public let descriptor: Int32
    /// In bytes, when it was opened.
    public let size: Int64
    private let path: String

    /// - Throws: `SignalboxError`: `not_found`, or `storage_error` when it is no regular file or cannot be read.
    public init(_ path: String) throws {
        // Without O_NONBLOCK the opening of a pipe waits until somebody writes to it; regular files do not care.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        self.path = path
        var status = stat()
        guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
            size = 0
            if errno == ENOENT { throw SignalboxError(.notFound, "There is no file \(path).") }
            throw FileSystem.failure("The file \(path) cannot be opened")
        }
        size = Int64(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SignalboxError(.storage, "\(path) is not a regular file.")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Bytes from that place on: as many as were asked for, or fewer where the file ends.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let portion = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, off_t(offset) + filled)
            }
            if portion < 0, errno == EINTR { continue }
            guard portion >= 0 else { throw FileSystem.failure("The file \(path) cannot be read") }
            if portion == 0 { break }
            filled += portion
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Its pieces from the beginning to the end, for loops that handle large files.
    /// - Throws: `SignalboxError` with code `storage_error`, and what the body throws.
    public func forEachPiece(bytes count: Int = 256 << 10, _ body: ([UInt8]) throws -> Void) throws {
        var offset: Int64 = 0
        while true {
            let piece = try read(at: offset, count: count)
            if piece.isEmpty { return }
            try body(piece)
            offset += Int64(piece.count)
        }
    }
}
