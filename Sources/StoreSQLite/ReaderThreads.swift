internal import Core
internal import Glibc
internal import Synchronization

/// Threads that read, each with a connection of its own, so that no query ever blocks Swift's pool.
final class ReaderThreads: Sendable {
    private let queue: WorkQueue

    /// - Parameter count: two keep both cores of a small machine busy, and a slow query from holding up the quick ones.
    init(path: String, count: Int = 2) throws {
        let queue = WorkQueue()
        self.queue = queue
        for number in 1...count {
            // Opened here, so that a failure reaches the caller; handed over to the thread, which alone uses it then.
            let connection = Handover(try SQLiteConnection(path: path, access: .readOnly))
            try startThread(name: "read-\(number)") {
                let connection = connection.take()
                while let work = queue.next() { work(connection) }
            }
        }
    }

    deinit { queue.close() }

    /// Runs the body on one of the threads.
    func read<Result: Sendable>(_ body: @escaping @Sendable (SQLiteConnection) throws -> Result) async throws -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            queue.add { connection in
                continuation.resume(with: .init { try body(connection) })
            }
        }
    }
}

/// What is to be read next.
private final class WorkQueue: Sendable {
    typealias Work = @Sendable (SQLiteConnection) -> Void

    private struct State {
        var waiting: [Work] = []
        var next = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let condition = ThreadCondition()

    func add(_ work: @escaping Work) {
        condition.signal(after: { state.withLock { $0.waiting.append(work) } })
    }

    func close() {
        condition.broadcast(after: { state.withLock { $0.isClosed = true } })
    }

    /// Waits for work; nil when the queue has been closed and is empty.
    func next() -> Work? {
        condition.wait(for: {
            state.withLock { state -> Work?? in
                if state.next < state.waiting.count {
                    let work = state.waiting[state.next]
                    state.next += 1
                    if state.next == state.waiting.count {
                        state.waiting.removeAll(keepingCapacity: true)
                        state.next = 0
                    }
                    return .some(work)
                }
                return state.isClosed ? .some(nil) : nil
            }
        })
    }
}
