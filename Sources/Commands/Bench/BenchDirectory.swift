internal import Core
internal import Glibc
internal import Processes

/// A directory to measure in, on the disk that is to be measured.
enum BenchDirectory {
    /// Makes a new directory below the given one, and removes it afterwards, also when it is interrupted: then the servers
    /// that were started are ended too, which Ctrl-C does not reach.
    static func use<Result: Sendable>(
        in parent: String, _ interrupts: Interrupts, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let directory = "\(parent)/signalbox-bench-\(getpid())"
        try FileSystem.createDirectory(directory)
        defer { FileSystem.remove(directory) }
        try interrupts.listen()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let signal = try await interrupts.next()
                ChildProcess.killAll()
                FileSystem.remove(directory)
                Interrupts.endAtOnce(signal)
            }
            defer { group.cancelAll() }
            return try await body(try FileSystem.resolve(directory))
        }
    }
}

/// How much of something is to be measured.
enum BenchCount {
    /// - Throws: `SignalboxError` with code `invalid_input` for anything but a number from 64 to ten millions.
    static func read(_ text: String?, default count: Int) throws -> Int {
        guard let text else { return count }
        guard let count = Int(text), (64...10_000_000).contains(count) else {
            throw SignalboxError(.invalidInput, "--tasks must be a whole number from 64 to 10000000.")
        }
        return count
    }
}
