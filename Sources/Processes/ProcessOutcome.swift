/// How a child process ended, and what it wrote.
public struct ProcessOutcome: Sendable {
    /// What the system says about its end.
    public var ending: Ending
    /// Why it ended: by itself, or what we stopped it for.
    public var reason: Reason
    /// What it wrote to stdout, up to the limit.
    public var stdout: [UInt8]
    /// What it wrote to stderr, up to the limit.
    public var stderr: [UInt8]
    /// From its start until everything of it was gone.
    public var duration: Duration

    /// The words of `wait(2)`.
    public enum Ending: Sendable, Hashable {
        case exited(code: Int32)
        case signalled(Int32)
    }

    /// Who decided that it ends.
    public enum Reason: Sendable, Hashable {
        /// It ended by itself (or by somebody else's signal).
        case ended
        case timeLimit
        case outputLimit(ProcessStream)
        /// It was asked to stop, and killed if it did not in time.
        case cancelled
        /// It was killed at once on demand.
        case killed
    }

    /// Whether it ended by itself with exit code 0.
    public var isSuccess: Bool { reason == .ended && ending == .exited(code: 0) }
}

/// The two streams a child process writes.
public enum ProcessStream: String, Sendable, Hashable, CaseIterable {
    case stdout, stderr
}
