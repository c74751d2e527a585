internal import Engine
internal import Store
internal import Synchronization

/// What has happened since the engine was started, for those who draw curves of it.
public final class RuntimeCounters: Sendable {
    /// At one moment.
    public struct Values: Sendable {
        /// Transactions.
        public var commits: Int64 = 0
        /// Events by the word for their kind.
        public var events: [String: Int64] = [:]
    }

    private let values = Mutex(Values())

    /// How much there is now.
    public var now: Values { values.withLock { $0 } }

    /// Counts a commit.
    func note(_ events: [EventRow]) {
        values.withLock { values in
            values.commits += 1
            for event in events { values.events[event.kind, default: 0] += 1 }
        }
    }
}
