internal import Synchronization

/// A value that comes once, and one task that waits for it.
final class Once<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waited(CheckedContinuation<Value, any Error>)
        case fulfilled(Result<Value, any Error>)
    }

    private let state = Mutex(State.open)

    /// Brings the value; only the first counts.
    /// - Returns: whether this was the first.
    @discardableResult
    func fulfil(_ result: Result<Value, any Error>) -> Bool {
        let (isFirst, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            switch state {
            case .open:
                state = .fulfilled(result)
                return (true, nil)
            case .waited(let waiter):
                state = .fulfilled(result)
                return (true, waiter)
            case .fulfilled: return (false, nil)
            }
        }
        waiter?.resume(with: result)
        return isFirst
    }

    /// Waits for the value; when the task is cancelled, the value is its end.
    /// - Parameter onCancel: what else is to be done then, if the value had not come.
    func value(onCancel: @escaping @Sendable () -> Void = {}) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .open:
                        state = .waited(continuation)
                        return nil
                    case .waited: preconditionFailure("One task waits for a value that comes once.")
                    case .fulfilled(let result): return result
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            if fulfil(.failure(CancellationError())) { onCancel() }
        }
    }
}
