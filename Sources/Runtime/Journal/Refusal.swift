internal import Synchronization

/// Why the last commit failed, until one succeeds.
final class Refusal: Sendable {
    private let error = Mutex<(any Error)?>(nil)

    var last: (any Error)? { error.withLock { $0 } }

    func note(_ error: any Error) { self.error.withLock { $0 = error } }

    func clear() { error.withLock { $0 = nil } }
}
