import Synchronization

/// Values that came from elsewhere, and a way to wait for them.
final class Gathered<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])
    private let changes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    func append(_ value: Value) {
        state.withLock { $0.append(value) }
        changes.continuation.yield()
    }

    var values: [Value] { state.withLock { $0 } }

    /// Waits until so many are there.
    func wait(for count: Int) async {
        if values.count >= count { return }
        for await _ in changes.stream where values.count >= count { return }
    }
}
