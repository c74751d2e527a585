internal import Core
internal import Glibc

/// Programs that a crash has left running: `kill -9` ends this program, but not its children.
public enum LeftoverProcesses: Sendable {
    /// In the environment of every command, and so of all that it starts: the directory of its task.
    static let directoryVariable = "SIGNALBOX_DIRECTORY"

    /// Kills every program that was started for a task below that directory, so that a step that runs again does not
    /// find its first run still at work. Blocks.
    ///
    /// They are found by the environment they were started with, which no `setsid` and no change of directory alters.
    /// Only for the one engine that holds the data directory: its own commands would be killed as well.
    /// - Parameter directory: where the directories of tasks lie.
    /// - Returns: how many were killed.
    /// - Throws: `SignalboxError` with code `storage_error` when `/proc` cannot be read.
    @discardableResult
    public static func kill(below directory: String) throws -> Int {
        // Without the directory no task has ever run a command.
        guard FileSystem.isDirectory(directory) else { return 0 }
        let mark = Array("\(directoryVariable)=\(try FileSystem.resolve(directory))/".utf8)
        var killed = 0
        for process in try FileSystem.names(in: "/proc").compactMap({ pid_t($0) }) where process != getpid() {
            if isMarked(process, mark), Glibc.kill(process, SIGKILL) == 0 { killed += 1 }
        }
        return killed
    }

    private static func isMarked(_ process: pid_t, _ mark: [UInt8]) -> Bool {
        do {
            let environment = try FileSystem.readToEnd("/proc/\(process)/environ")
            return environment.split(separator: 0).contains { $0.starts(with: mark) }
        } catch {
            // Those of other users cannot be read, and others end while they are looked at: neither is one of ours.
            return false
        }
    }
}
