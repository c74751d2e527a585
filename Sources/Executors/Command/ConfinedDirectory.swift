internal import CPlatform
internal import Core
internal import Glibc
internal import Processes

/// An open directory whose files are reached step by step without following any link. Other commands of the task may be at
/// work in it: a path that was checked may lead elsewhere a moment later, an open directory cannot.
struct ConfinedDirectory: ~Copyable {
    private let descriptor: Descriptor
    /// For messages.
    private let path: String

    /// - Parameter name: what messages call it; nil for the path.
    /// - Throws: `SignalboxError` with code `storage_error`.
    init(path: String, called name: String? = nil) throws {
        self.path = name ?? path
        descriptor = Descriptor(owning: unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
        guard descriptor.isOpen else { throw FileSystem.failure("The directory \(path) cannot be opened") }
    }

    private init(_ descriptor: consuming Descriptor, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// A directory in it.
    /// - Parameter isMade: whether to make it when there is none.
    /// - Throws: `SignalboxError` with code `storage_error`, also when it is a link.
    func directory(_ name: String, isMade: Bool = false) throws -> ConfinedDirectory {
        if isMade, unsafe mkdirat(descriptor.rawValue, name, 0o700) != 0, errno != EEXIST {
            throw FileSystem.failure("The directory \(path)/\(name) cannot be made")
        }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let inner = Descriptor(owning: unsafe openat(descriptor.rawValue, name, flags))
        guard inner.isOpen else { throw FileSystem.failure("The directory \(path)/\(name) cannot be opened") }
        return ConfinedDirectory(inner, path: "\(path)/\(name)")
    }

    /// Does something in the directory in which a relative path ends, with the last name of the path.
    func inDirectory<Result>(
        of relative: String, isMade: Bool = false, _ body: (borrowing ConfinedDirectory, String) throws -> Result
    ) throws -> Result {
        guard let slash = relative.firstIndex(of: "/") else { return try body(self, relative) }
        let inner = try directory(String(relative[..<slash]), isMade: isMade)
        return try inner.inDirectory(of: String(relative[relative.index(after: slash)...]), isMade: isMade, body)
    }

    /// What stands there under a name; nil when nothing does.
    func kind(_ name: String) -> FileSystem.Kind? {
        var status = stat()
        guard unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }

    /// All bytes of a regular file.
    /// - Throws: `SignalboxError` with code `limit_exceeded` or `storage_error`.
    func read(_ name: String, maximum: Int) throws -> [UInt8] {
        // Without O_NONBLOCK the opening of a pipe waits until somebody writes to it.
        let file = Descriptor(
            owning: unsafe openat(descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK))
        guard file.isOpen else { throw FileSystem.failure("The file \(path)/\(name) cannot be opened") }
        // The path under /proc stands for the open file itself, wherever its name leads by now.
        return try FileSystem.read("/proc/self/fd/\(file.rawValue)", maximum: maximum, called: "\(path)/\(name)")
    }

    /// Whether a regular file of that content stands there that has no other name anywhere, by which it could be written.
    /// - Throws: `SignalboxError` with code `storage_error` when it cannot be read.
    func holds(_ hash: ContentHash, _ name: String) throws -> Bool {
        let file = Descriptor(
            owning: unsafe openat(descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK))
        var status = stat()
        guard file.isOpen, unsafe fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_nlink == 1
        else { return false }
        var hasher = ContentHasher()
        try OpenFile("/proc/self/fd/\(file.rawValue)").forEachPiece { hasher.append($0[...]) }
        return hasher.finish() == hash
    }

    /// Removes what stands there, a directory with all that is in it, as far as that can be done.
    func remove(_ name: String) { FileSystem.remove("/proc/self/fd/\(descriptor.rawValue)/\(name)") }

    /// Writes a file so that it is there whole or not at all.
    /// - Parameter scratch: where it stands while it is written, outside of what others see, on the same file system.
    /// - Throws: `SignalboxError` with code `storage_error`.
    func write(_ bytes: [UInt8], to name: String, by scratch: String) throws {
        // As long as the descriptor is open, this path stands for the directory, wherever its name leads by now.
        try FileSystem.writeAtomically(
            bytes, to: "/proc/self/fd/\(descriptor.rawValue)/\(name)", by: scratch, called: "\(path)/\(name)")
    }

    /// Copies a file to there in the same way.
    /// - Throws: `SignalboxError` with code `storage_error`.
    func copy(_ file: OpenFile, to name: String, by scratch: String) throws {
        try FileSystem.copyAtomically(
            file, to: "/proc/self/fd/\(descriptor.rawValue)/\(name)", by: scratch, called: "\(path)/\(name)")
    }

    /// The size of a regular file, in bytes; nil when there is none.
    func size(_ name: String) -> Int64? {
        var status = stat()
        guard unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        return Int64(status.st_size)
    }

    /// The names in it, sorted; no more than a maximum, whichever the system tells first.
    /// - Throws: `SignalboxError` with code `storage_error`.
    func names(maximum: Int = .max) throws -> [String] {
        try FileSystem.names(in: "/proc/self/fd/\(descriptor.rawValue)", maximum: maximum)
    }
}
