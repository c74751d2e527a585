internal import CPlatform
internal import Glibc
internal import Synchronization

/// Stops one child process from anywhere, also before it has started.
public final class ProcessControl: Sendable {
    /// What is asked of the process.
    enum Demand: Sendable {
        /// With the time it may take; nil for what its `ProcessSpec` says.
        case stop(grace: Duration?)
        case kill

        /// A kill outranks a stop; of two stops the first counts.
        func outranks(_ other: Demand?) -> Bool {
            switch (self, other) {
            case (_, nil): true
            case (.kill, .stop): true
            default: false
            }
        }
    }

    private struct State {
        var demand: Demand?
        /// The eventfd that wakes the process's thread, while that thread runs.
        var wakeup: Int32?
    }

    private let state = Mutex(State())

    /// A control for one run.
    public init() {}

    /// Asks the process group to end (SIGTERM); what is left after the grace time is killed.
    /// - Parameter grace: nil for what the `ProcessSpec` says.
    public func stop(grace: Duration? = nil) { demand(.stop(grace: grace)) }

    /// Kills the process group at once.
    public func kill() { demand(.kill) }

    private func demand(_ demand: Demand) {
        state.withLock { state in
            guard demand.outranks(state.demand) else { return }
            state.demand = demand
            guard let wakeup = state.wakeup else { return }
            _ = eventfd_write(wakeup, 1)
        }
    }

    /// What has been asked so far.
    var currentDemand: Demand? { state.withLock(\.demand) }

    /// Runs the body, during which demands are told through this eventfd.
    func withWakeup<Result: ~Copyable>(_ descriptor: Int32, _ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            precondition(state.wakeup == nil, "A ProcessControl belongs to one run.")
            state.wakeup = descriptor
            if state.demand != nil { _ = eventfd_write(descriptor, 1) }
        }
        defer { state.withLock { $0.wakeup = nil } }
        return try body()
    }
}
