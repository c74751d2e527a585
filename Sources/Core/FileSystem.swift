internal import Glibc

/// The few calls on files that several rooms need. They block.
public enum FileSystem: Sendable {
    /// Whether something stands at that path.
    public static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Whether a directory stands at that path.
    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The size of a file in bytes; nil when there is none.
    public static func size(_ path: String) -> Int64? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    /// What stands at a path, if anything does; a link is not followed.
    public static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }

    /// What can stand at a path.
    public enum Kind: Sendable {
        case file, directory, other
    }

    /// Makes a directory and those above it, for this user only; one that exists is left as it is. When this returns,
    /// what was made survives the loss of power.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func createDirectory(_ path: String) throws {
        _ = try makeDirectory(path)
    }

    /// Makes a directory in another one, and those between them, as `createDirectory` does.
    /// - Parameters:
    ///   - names: what leads from the other directory to the new one.
    ///   - root: made too, but not what it stands in: who has lost that must not make it anew.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func createDirectory(_ names: String, in root: String) throws {
        let path = root + "/" + names
        if isDirectory(path) { return }
        var next = root
        for name in [nil] + names.split(separator: "/") {
            if let name { next += "/\(name)" }
            if isDirectory(next) { continue }
            guard unsafe mkdir(next, 0o700) == 0 || errno == EEXIST, isDirectory(next) else {
                throw failure("The directory \(next) cannot be made")
            }
            try sync(directory: directory(of: next))
        }
    }

    /// As `createDirectory`.
    /// - Returns: whether this call has made it, and nobody else.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func makeDirectory(_ path: String) throws -> Bool {
        if isDirectory(path) { return false }
        let parent = directory(of: path)
        if parent != "/", parent != "." { try createDirectory(parent) }
        let isMade = unsafe mkdir(path, 0o700) == 0
        guard isMade || errno == EEXIST, isDirectory(path) else {
            throw failure("The directory \(path) cannot be made")
        }
        try sync(directory: parent)
        return isMade
    }

    /// The directory in which a path ends.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the names in a directory durable: syncing a file does not include its name.
    static func sync(directory path: String) throws {
        let directory = unsafe open(path, O_RDONLY | O_CLOEXEC)
        // One that may be written but not read cannot be opened; then there is nothing to be done.
        guard directory >= 0 || errno == EACCES else { throw failure("The directory \(path) cannot be synced") }
        guard directory >= 0 else { return }
        defer { close(directory) }
        guard fsync(directory) == 0 || errno == EINVAL else {
            throw failure("The directory \(path) cannot be synced")
        }
    }

    /// All bytes of a file.
    /// - Parameters:
    ///   - maximum: refuse a file larger than this many bytes.
    ///   - name: what messages call it; nil for the path.
    /// - Throws: `SignalboxError` with code `not_found`, `limit_exceeded` or `storage_error`.
    public static func read(_ path: String, maximum: Int = .max, called name: String? = nil) throws -> [UInt8] {
        let named = name ?? path
        // Without O_NONBLOCK the opening of a pipe waits until somebody writes to it; regular files do not care.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { throw SignalboxError(.notFound, "There is no file \(named).") }
            throw failure("The file \(named) cannot be opened")
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure("The file \(named) cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SignalboxError(.storage, "\(named) is not a regular file.")
        }
        guard Int(status.st_size) <= maximum else {
            throw SignalboxError(.limit, "The file \(named) is larger than \(maximum) bytes.")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(file, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("The file \(named) cannot be read") }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// All bytes of a file whose size the system does not tell, such as those under `/proc`.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func readToEnd(_ path: String) throws -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("The file \(path) cannot be opened") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe Glibc.read(file, &portion, portion.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("The file \(path) cannot be read") }
            if count == 0 { return bytes }
            bytes += portion[..<count]
        }
    }

    /// Writes a file so that it is there whole or not at all, also after the loss of power.
    /// - Parameters:
    ///   - scratch: where the file stands while it is written, on the same file system; beside the path when nil.
    ///   - name: what messages call it; nil for the path.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func writeAtomically(
        _ bytes: [UInt8], to path: String, by scratch: String? = nil, called name: String? = nil
    ) throws {
        try writeAtomically(to: path, by: scratch, called: name) { file, named in
            try writeAll(bytes, to: file, path: named)
        }
    }

    /// Copies a file in the same way, piece by piece.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func copyAtomically(
        _ source: OpenFile, to path: String, by scratch: String? = nil, called name: String? = nil
    ) throws {
        try writeAtomically(to: path, by: scratch, called: name) { file, named in
            try source.forEachPiece { try writeAll($0, to: file, path: named) }
        }
    }

    private static func writeAtomically(
        to path: String, by scratch: String?, called name: String?, _ write: (Int32, String) throws -> Void
    ) throws {
        let named = name ?? path
        let temporary = (scratch ?? path) + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("The file \(named) cannot be written") }
        do {
            defer { close(file) }
            try write(file, named)
            guard fdatasync(file) == 0 else { throw failure("The file \(named) cannot be written") }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, path) == 0 else {
            let failure = failure("The file \(named) cannot be written")
            _ = unsafe unlink(temporary)
            throw failure
        }
        try sync(directory: directory(of: path))
    }

    static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws {
        try writeAll(bytes[...], to: file, called: "The file \(path)")
    }

    /// Writes all of the bytes to an open file.
    /// - Parameter name: the beginning of messages: they go on with "cannot be written".
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func writeAll(_ bytes: ArraySlice<UInt8>, to file: Int32, called name: String) throws {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(file, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("\(name) cannot be written") }
            written += count
        }
    }

    /// Removes a file, or a directory with all that is in it, as far as that can be done; links are not followed.
    public static func remove(_ path: String) {
        if kind(path) == .directory {
            // Some programs leave directories that may not be written to, or not even looked into.
            _ = unsafe fchmodat(AT_FDCWD, path, 0o700, AT_SYMLINK_NOFOLLOW)
            for name in (try? names(in: path)) ?? [] { remove(path + "/" + name) }
            _ = unsafe rmdir(path)
        } else {
            _ = unsafe unlink(path)
        }
    }

    /// The names in a directory, sorted, without `.` and `..`.
    /// - Parameter maximum: no more than this many are read, whichever the system tells first.
    /// - Throws: `SignalboxError` with code `not_found` or `storage_error`.
    public static func names(in path: String, maximum: Int = .max) throws -> [String] {
        guard let directory = unsafe opendir(path) else {
            if errno == ENOENT { throw SignalboxError(.notFound, "There is no directory \(path).") }
            throw failure("The directory \(path) cannot be read")
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while names.count < maximum, let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The absolute path, with links and dots resolved.
    /// - Throws: `SignalboxError` with code `not_found`.
    public static func resolve(_ path: String) throws -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            throw SignalboxError(.notFound, "There is no file \(path).")
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The error that `errno` tells of.
    public static func failure(_ sentence: String) -> SignalboxError {
        let code = errno
        let hint: String? =
            switch code {
            case ENOSPC, EDQUOT: "Free some space on the disk, then try again."
            case EACCES, EPERM, EROFS: "Choose a place that this user may write to, or change its permissions."
            default: nil
            }
        return SignalboxError(
            .storage, "\(sentence): \(unsafe String(cString: strerror(code))).", hint: hint,
            cause: [ENOSPC, EDQUOT].contains(code) ? LackOfSpace() : nil)
    }
}

/// The cause of an error that goes away by itself when somebody frees space.
public struct LackOfSpace: Error, Sendable {}
