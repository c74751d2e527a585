internal import Core
internal import Glibc

/// Programs that have outlived the run they belong to. They are found by the environment they were started with, which
/// no `setsid` and no change of directory alters.
public enum LeftoverProcesses: Sendable {
    /// In the environment of every command, and so of all that it starts: the directory of its task.
    public static let directoryVariable = "SIGNALBOX_DIRECTORY"
    /// How often they are looked for anew, since one may start another while it is looked for.
    private static let roundsMaximum = 16

    /// Kills every program that was started for a task below that directory, so that a step that runs again does not
    /// find its first run still at work: `kill -9` ends this program, but not its children. Blocks.
    ///
    /// Only for the one engine that holds the data directory: its own commands would be killed as well.
    /// - Parameter directory: where the directories of tasks lie.
    /// - Returns: how many were killed.
    /// - Throws: `SignalboxError` with code `not_found` when the directory vanishes meanwhile.
    @discardableResult
    public static func kill(below directory: String) throws -> Int {
        // Without the directory no task has ever run a command.
        guard FileSystem.isDirectory(directory) else { return 0 }
        let mark = Array("\(directoryVariable)=\(try FileSystem.resolve(directory))/".utf8)
        return killAll { $0.contains { $0.starts(with: mark) } }
    }

    /// Kills every program whose environment holds all these variables, as `NAME=value`. Blocks.
    @discardableResult
    static func kill(markedWith variables: [String]) -> Int {
        let marks = variables.map { Array($0.utf8) }
        return killAll { environment in marks.allSatisfy { mark in environment.contains { $0.elementsEqual(mark) } } }
    }

    /// Until none is left, or it has been tried often enough.
    private static func killAll(where isMarked: ([ArraySlice<UInt8>]) -> Bool) -> Int {
        var killed: Set<pid_t> = []
        for _ in 0..<roundsMaximum {
            let before = killed.count
            for process in ProcessTable.all() where process != getpid() && !killed.contains(process) {
                if isMarked(environment(of: process)), Glibc.kill(process, SIGKILL) == 0 { killed.insert(process) }
            }
            if killed.count == before { break }
        }
        return killed.count
    }

    private static func environment(of process: pid_t) -> [ArraySlice<UInt8>] {
        do {
            return try FileSystem.readToEnd("/proc/\(process)/environ").split(separator: 0)
        } catch {
            // Those of other users cannot be read, and others end while they are looked at: neither is one of ours.
            return []
        }
    }
}
