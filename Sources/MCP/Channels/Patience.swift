internal import Core
internal import Synchronization

/// How long an exchange is waited for: a time without any sign of life, and a time for all of it. While a person is asked
/// something, no time passes.
final class Patience: Sendable {
    private struct State {
        var idleEnd: ContinuousClock.Instant
        var end: ContinuousClock.Instant
        var pauses = 0
        var pauseStart: ContinuousClock.Instant
    }

    private let idle: Duration
    private let total: Duration
    private let state: Mutex<State>

    init(idle: Duration, total: Duration) {
        self.idle = idle
        self.total = total
        let now = ContinuousClock.now
        state = Mutex(State(idleEnd: now + idle, end: now + total, pauseStart: now))
    }

    /// A sign of life has come.
    func noteActivity() { state.withLock { $0.idleEnd = .now + idle } }

    /// No time passes from now on.
    func pause() {
        state.withLock { state in
            if state.pauses == 0 { state.pauseStart = .now }
            state.pauses += 1
        }
    }

    /// Time passes again, once each pause has ended.
    func resume() {
        state.withLock { state in
            state.pauses -= 1
            guard state.pauses == 0 else { return }
            let now = ContinuousClock.now
            state.end += state.pauseStart.duration(to: now)
            state.idleEnd = now + idle
        }
    }

    /// Runs the body, which is cancelled when the time has passed.
    /// - Throws: what the body throws; a `Fault` with the cause `MCPTimeout` when the time has passed first.
    func limit<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await body() }
            group.addTask { throw try await self.expiry() }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { preconditionFailure("The group has two tasks.") }
            return value
        }
    }

    /// Waits until the time has passed, and tells which.
    private func expiry() async throws -> Fault {
        while true {
            let left = state.withLock { state -> Duration? in
                // At the end of a pause there is at least the idle time again, so it is early enough to look then.
                guard state.pauses == 0 else { return idle }
                let left = min(
                    ContinuousClock.now.duration(to: state.idleEnd), ContinuousClock.now.duration(to: state.end))
                return left > .zero ? left : nil
            }
            guard let left else { break }
            try await Task.sleep(for: left)
        }
        let isTotal = state.withLock { $0.end <= .now }
        let text = isTotal ? "it took longer than \(total.inWords)" : "it did not answer within \(idle.inWords)"
        return Fault(text, hint: "Raise the server's timeout if it needs longer.", cause: MCPTimeout())
    }
}

extension Duration {
    /// `60 s`, or `250 ms`.
    fileprivate var inWords: String {
        let milliseconds = Int64(self / .milliseconds(1))
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
