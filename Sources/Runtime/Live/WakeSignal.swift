internal import Synchronization

/// Lets one reader sleep until others have something for it: a task, or what has to be called then. What comes while it is awake is remembered, so that no
/// wake-up is lost between looking and sleeping.
final class WakeSignal: Sendable {
    private enum State: Sendable {
        case quiet
        case called
        case sleeping(Sleeper)
    }

    private enum Sleeper: Sendable {
        case task(CheckedContinuation<Void, Never>)
        case call(@Sendable () -> Void)
    }

    private let state = Mutex(State.quiet)

    /// Wakes the sleeper, or lets its next sleep end at once.
    func call() {
        let sleeper = state.withLock { state -> Sleeper? in
            guard case .sleeping(let sleeper) = state else {
                state = .called
                return nil
            }
            state = .quiet
            return sleeper
        }
        switch sleeper {
        case .task(let continuation): continuation.resume()
        case .call(let wake): wake()
        case nil: break
        }
    }

    /// Has `wake` called at the next call, in the place of what else was to be called.
    /// - Returns: false if there was a call since the last sleep; then `wake` is not called.
    func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            if case .called = state {
                state = .quiet
                return false
            }
            state = .sleeping(.call(wake))
            return true
        }
    }

    /// Sleeps until the next call; not at all if there was one since the last sleep.
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep() async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = state.withLock { state in
                    var isCalled = Task.isCancelled
                    if case .called = state { isCalled = true }
                    state = isCalled ? .quiet : .sleeping(.task(continuation))
                    return !isCalled
                }
                if !sleeps { continuation.resume() }
            }
        } onCancel: {
            call()
        }
        try Task.checkCancellation()
    }
}
