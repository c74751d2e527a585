public import Core

/// How long a step has taken: from its first beginning to its end, with all its runs and the waits between them. What is
/// left out is the time in which nothing was done for it because of a crash or a stop, and between a failure and the retry
/// that somebody asked for. A run by itself is told by the trace.
public enum StepDuration: Sendable, Hashable {
    /// It has not begun, or stands in the queue again.
    case notStarted
    case counting(since: Timestamp)
    /// It has ended, or it waits and nothing of it runs.
    case fixed(milliseconds: Int64)
}

extension StepRow {
    public var duration: StepDuration {
        guard let started else { return .notStarted }
        if let end = ended ?? waitingSince {
            return .fixed(milliseconds: max(0, end.milliseconds(since: started) - idleMilliseconds))
        }
        return status == "queued"
            ? .notStarted
            : .counting(
                since: Timestamp(millisecondsSinceEpoch: started.millisecondsSinceEpoch + idleMilliseconds))
    }

    /// The same as a number; nil when it has not begun.
    public func durationMilliseconds(at now: Timestamp) -> Int64? {
        switch duration {
        case .notStarted: nil
        case .counting(let since): max(0, now.milliseconds(since: since))
        case .fixed(let milliseconds): milliseconds
        }
    }
}
