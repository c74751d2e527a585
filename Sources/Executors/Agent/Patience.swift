internal import Synchronization

/// Waits for something, but not for long.
enum Patience: Sendable {
    /// What the body comes to, if it does in that time; else nil. The body is cancelled then, and what it does after that
    /// nobody hears of.
    static func within<Result: Sendable>(
        _ time: Duration, _ body: @escaping @Sendable () async -> Result
    ) async -> Result? {
        let race = Race<Result>()
        // Not parts of a group, which would wait for a body that cannot be cancelled.
        let work = Task { race.settle(await body()) }
        let clock = Task {
            guard case .success = await Task(operation: { try await Task.sleep(for: time) }).result else { return }
            work.cancel()
            race.settle(nil)
        }
        defer { clock.cancel() }
        return await withTaskCancellationHandler {
            await race.outcome()
        } onCancel: {
            work.cancel()
            race.settle(nil)
        }
    }
}

/// The first of several results.
private final class Race<Result: Sendable>: Sendable {
    private struct State {
        var isSettled = false
        var result: Result?
        var waiter: CheckedContinuation<Result?, Never>?
    }

    private let state = Mutex(State())

    func settle(_ result: Result?) {
        let waiter = state.withLock { state -> CheckedContinuation<Result?, Never>? in
            guard !state.isSettled else { return nil }
            state.isSettled = true
            state.result = result
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: result)
    }

    func outcome() async -> Result? {
        await withCheckedContinuation { continuation in
            let (isSettled, result) = state.withLock { state -> (Bool, Result?) in
                if !state.isSettled { state.waiter = continuation }
                return (state.isSettled, state.result)
            }
            if isSettled { continuation.resume(returning: result) }
        }
    }
}
