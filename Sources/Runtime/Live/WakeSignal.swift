internal import Synchronization

/// Lets one task sleep until others have something for it. What comes while it is awake is remembered, so that no
/// wake-up is lost between looking and sleeping.
final class WakeSignal: Sendable {
    private enum State: Sendable {
        case quiet
        case called
        case sleeping(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    /// Wakes the sleeper, or lets its next sleep end at once.
    func call() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .sleeping(let sleeper) = state else {
                state = .called
                return nil
            }
            state = .quiet
            return sleeper
        }
        sleeper?.resume()
    }

    /// Sleeps until the next call; not at all if there was one since the last sleep.
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep() async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = state.withLock { state in
                    guard case .quiet = state, !Task.isCancelled else {
                        state = .quiet
                        return false
                    }
                    state = .sleeping(continuation)
                    return true
                }
                if !sleeps { continuation.resume() }
            }
        } onCancel: {
            call()
        }
        try Task.checkCancellation()
    }
}
