internal import CPlatform
internal import Glibc

extension FileSystem {
    /// Does something while no other process does the same on that directory. It waits for those that do. The kernel takes
    /// the right back when the process ends, however it ends, and nothing is left in the directory.
    /// - Throws: What the body throws; `SignalboxError` with code `storage_error` when the directory cannot be opened.
    public static func withExclusiveAccess<Result>(to path: String, _ body: () throws -> Result) throws -> Result {
        let directory = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure("The directory \(path) cannot be opened") }
        defer { close(directory) }
        while flock(directory, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure("The directory \(path) cannot be locked") }
        }
        return try body()
    }
}
