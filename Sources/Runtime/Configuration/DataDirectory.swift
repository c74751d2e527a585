internal import CPlatform
internal import Core
internal import Glibc

/// The directory that holds everything a Signalbox keeps: database, blobs, the directories of tasks.
public struct DataDirectory: Sendable, Hashable {
    /// Absolute, or relative to where the program was started.
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// `$XDG_DATA_HOME/signalbox`, else `~/.local/share/signalbox`
    /// (https://specifications.freedesktop.org/basedir-spec/latest/).
    public static func userDefault(environment: [String: String]) -> DataDirectory {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return DataDirectory(path: data + "/signalbox")
        }
        return DataDirectory(path: (environment["HOME"] ?? ".") + "/.local/share/signalbox")
    }

    var database: String { path + "/signalbox.db" }
    var blobs: String { path + "/blobs" }
    var tasks: String { path + "/tasks" }
    var lockFile: String { path + "/lock" }

    /// The engine that holds this directory now; nil when none does.
    public func holder() throws -> Holder? {
        guard FileSystem.exists(lockFile) else { return nil }
        let file = unsafe open(lockFile, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw FileSystem.failure("The file \(lockFile) cannot be opened") }
        defer { close(file) }
        if flock(file, LOCK_SH | LOCK_NB) == 0 { return nil }
        let text = String(decoding: try FileSystem.read(lockFile, maximum: 4096), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Holder(
            process: lines.first.flatMap { Int32($0) }, address: lines.count > 1 && !lines[1].isEmpty ? lines[1] : nil)
    }

    /// Who holds a data directory.
    public struct Holder: Sendable, Hashable {
        public var process: Int32?
        /// `http://127.0.0.1:7171`; nil when it serves nobody, as `run` without a server does.
        public var address: String?
    }
}

/// The sole right to run an engine on a data directory. The kernel takes it back when the process ends, however it ends.
public final class DataDirectoryLock: Sendable {
    private let file: Int32

    /// Makes the directory if need be, and takes the lock.
    /// - Throws: `SignalboxError`: `conflict` when another engine holds it, `storage_error` when it cannot be written.
    public init(_ directory: DataDirectory) throws {
        try FileSystem.createDirectory(directory.path)
        file = unsafe open(directory.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileSystem.failure("The data directory \(directory.path) cannot be written") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            let holder = try directory.holder()
            let process = holder?.process.map { "process \($0)" } ?? "another process"
            throw SignalboxError(
                .conflict, "The data directory \(directory.path) is in use by \(process).",
                hint: holder?.address.map { "It serves on \($0)." }
                    ?? "It serves nobody: a run perhaps, which may wait for a decision on its own terminal. Wait until it "
                    + "ends, or choose another: --data DIR. With `signalbox serve` started first, several can work on one."
            )
        }
        try publish(address: nil)
    }

    deinit { close(file) }

    /// Gives the right back, though this object lives on.
    func release() {
        flock(file, LOCK_UN)
    }

    /// Tells others where this engine listens.
    public func publish(address: String?) throws {
        let text = Array("\(getpid())\n\(address ?? "")\n".utf8)
        guard ftruncate(file, 0) == 0, unsafe pwrite(file, text, text.count, 0) == text.count else {
            throw FileSystem.failure("The data directory cannot be written")
        }
    }
}
