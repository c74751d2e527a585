internal import Glibc

extension FileSystem {
    /// The directory in which a path ends: `.` for a mere name.
    public static func parent(of path: String) -> String { directory(of: path) }

    /// Says that a file was needed just now; false when there is none.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func touch(_ path: String) throws -> Bool {
        if unsafe utimensat(AT_FDCWD, path, nil, 0) == 0 { return true }
        guard errno == ENOENT else { throw failure("The file \(path) cannot be kept") }
        return false
    }

    /// When a file was written or touched last; nil when there is none.
    public static func modified(_ path: String) -> Timestamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        let time = status.st_mtim
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// What is different after a file was written anew: its time alone moves on in steps of some milliseconds. Nil when
    /// there is none.
    public static func stamp(_ path: String) -> FileStamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return FileStamp(
            inode: UInt64(status.st_ino), bytes: status.st_size,
            nanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    /// Whether this user may write to what stands there.
    public static func isWritable(_ path: String) -> Bool {
        unsafe access(path, W_OK) == 0
    }

    /// What others than the owner may do with a file or directory, as the digits of its mode; nil when there is none.
    public static func permissions(_ path: String) -> UInt32? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return status.st_mode & 0o7777
    }

    /// Makes an empty file that only this user can read and write, whatever the umask says.
    /// - Throws: `SignalboxError`: `conflict` when something stands there, `storage_error`.
    public static func createPrivateFile(_ path: String) throws {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            if errno == EEXIST { throw SignalboxError(.conflict, "There is something at \(path) already.") }
            throw failure("The file \(path) cannot be made")
        }
        defer { close(file) }
        guard fchmod(file, 0o600) == 0 else { throw failure("The file \(path) cannot be made") }
    }

    /// Takes away what others than the owner may do with a file.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func makePrivate(_ path: String) throws {
        guard unsafe chmod(path, 0o600) == 0 else { throw failure("The file \(path) cannot be kept from others") }
    }

    /// Gives what stands at one path the name of another, in the place of what stands there; when this returns, the bytes
    /// and the name survive the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func moveDurably(_ path: String, to destination: String) throws {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("\(path) cannot be opened") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("\(path) cannot be written") }
        guard unsafe rename(path, destination) == 0 else { throw failure("\(destination) cannot be written") }
        try sync(directory: directory(of: destination))
    }
}

/// What tells one writing of a file from the next.
public struct FileStamp: Sendable, Hashable {
    let inode: UInt64
    let bytes: Int
    let nanoseconds: Int64
}
