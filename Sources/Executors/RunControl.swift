internal import Processes
internal import Synchronization

/// Stops one run of a step from elsewhere, also before it has started.
///
/// Cancelling the Swift task that executes the run is the same as `stop()`.
public final class RunControl: Sendable {
    private struct State {
        var isStopped = false
        var cancel: (@Sendable () -> Void)?
        /// What was asked of the programs last.
        var demand: (@Sendable (ProcessControl) -> Void)?
        /// Of the programs that tools run, several at once.
        var further: [ProcessControl] = []
    }

    /// Stops the program, if the run has one.
    let process = ProcessControl()
    private let state = Mutex(State())

    /// A control for one run.
    public init() {}

    /// Asks the run to stop: a program gets SIGTERM, and is killed with its children when it has not ended in time; a
    /// request to another system is given up.
    /// - Parameter grace: the time a program gets; nil for `Limits.stopGraceMilliseconds`.
    public func stop(grace: Duration? = nil) {
        demand { $0.stop(grace: grace) }
    }

    /// Ends the run at once: a program and its children are killed without a word.
    public func kill() {
        demand { $0.kill() }
    }

    private func demand(_ demand: @escaping @Sendable (ProcessControl) -> Void) {
        let (cancel, further) = state.withLock { state in
            state.isStopped = true
            state.demand = demand
            return (state.cancel, state.further)
        }
        // Before the task is cancelled, which asks the programs to stop as well: a kill is to come first.
        for control in [process] + further { demand(control) }
        cancel?()
    }

    /// Runs the body with a control for one more program of this run, which stops together with all others.
    func withProcess<Result: Sendable>(
        _ body: (ProcessControl) async throws -> Result
    ) async throws -> Result {
        let control = ProcessControl()
        let demand = state.withLock { state in
            state.further.append(control)
            return state.demand
        }
        demand?(control)
        defer { state.withLock { state in state.further.removeAll { $0 === control } } }
        return try await body(control)
    }

    /// Runs the body in a task of its own, which is cancelled when the run is to stop.
    func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        // Owned by this call, which waits for its end. A child task could not be cancelled from elsewhere.
        let task = Task { try await body() }
        let isStopped = state.withLock { state in
            precondition(state.cancel == nil, "A RunControl belongs to one run.")
            state.cancel = { task.cancel() }
            return state.isStopped
        }
        if isStopped { task.cancel() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
