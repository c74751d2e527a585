public import Core
public import Store
internal import Synchronization

/// Events as they are committed, for any number of readers, each at its own position. What is no longer at hand is read
/// from the store, so that a reader that is slow, or comes back after an hour, misses nothing and gets nothing twice.
public final class LiveFeed: Sendable {
    /// How many of the newest events stay at hand.
    fileprivate static let countMaximum = 4_096
    /// How many bytes of payload they may have together.
    fileprivate static let bytesMaximum = 16 << 20
    /// How many bytes of payload one reader gets at once, except that it always gets an event: readers hold what they got
    /// while their clients are slow.
    fileprivate static let portionBytesMaximum = 128 << 10

    fileprivate struct State {
        var recent: [EventRow] = []
        /// The payloads in `recent`, in bytes.
        var recentBytes = 0
        /// All later events are in `recent`.
        var covered: Position
        var waiters: [UInt64: Waiter] = [:]
        var nextWaiter: UInt64 = 0
    }

    fileprivate struct Waiter {
        var task: TaskNumber?
        var continuation: CheckedContinuation<Void, any Error>
    }

    private let state: Mutex<State>
    private let store: any ReadStore

    init(newest: Position, store: any ReadStore) {
        state = Mutex(State(covered: newest))
        self.store = store
    }

    /// The next events after a position, oldest first; waits until there is one.
    /// - Parameters:
    ///   - task: only those of that task; nil for all.
    ///   - limit: how many at most; fewer when they are large.
    /// - Throws: `CancellationError`, or what the store throws.
    public func events(after position: Position, of task: TaskNumber?, limit: Int = 256) async throws -> [EventRow] {
        var position = position
        while true {
            let (found, covered) = state.withLock { ($0.events(after: position, of: task, limit: limit), $0.covered) }
            if let found {
                if !found.isEmpty { return found }
                try await waitForEvents(after: position, of: task)
            } else {
                let stored = try await store.events(after: position, of: task, limit: limit)
                if !stored.isEmpty { return State.portion(of: stored) }
                position = max(position, covered)
            }
        }
    }

    /// Waits until there is an event of the task (nil: of any) after that position that has just been committed.
    private func waitForEvents(after position: Position, of task: TaskNumber?) async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isThere = state.withLock { state in
                    // One may have come since the caller looked; nil means that many have.
                    if let found = state.events(after: position, of: task, limit: 1), found.isEmpty, !Task.isCancelled {
                        state.waiters[id] = Waiter(task: task, continuation: continuation)
                        return false
                    }
                    return true
                }
                if isThere {
                    continuation.resume(with: Result { try Task.checkCancellation() })
                }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Hands on what has just been committed. Called by the commit thread.
    func publish(_ events: [EventRow]) {
        guard !events.isEmpty else { return }
        let woken = state.withLock { state in
            state.append(events)
            return state.takeWaiters(for: events)
        }
        for continuation in woken { continuation.resume() }
    }
}

extension LiveFeed.State {
    /// The events at hand after a position; nil when some of them may not be at hand any more.
    func events(after position: Position, of task: TaskNumber?, limit: Int) -> [EventRow]? {
        guard position >= covered else { return nil }
        var found: [EventRow] = []
        var place = firstPlace(after: position)
        while place < recent.count, found.count < limit {
            if task == nil || recent[place].task == task { found.append(recent[place]) }
            place += 1
        }
        return Self.portion(of: found)
    }

    /// As many of the events, from the first on, as one reader gets at once.
    static func portion(of events: [EventRow]) -> [EventRow] {
        var bytes = 0
        let rest = events.dropFirst().firstIndex { event in
            bytes += event.payload.count
            return bytes > LiveFeed.portionBytesMaximum
        }
        return rest.map { Array(events[..<$0]) } ?? events
    }

    /// Binary search: positions increase.
    private func firstPlace(after position: Position) -> Int {
        var low = 0
        var high = recent.count
        while low < high {
            let middle = (low + high) / 2
            if recent[middle].position > position { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func append(_ events: [EventRow]) {
        recent += events
        recentBytes += events.reduce(0) { $0 + $1.payload.count }
        guard recent.count > LiveFeed.countMaximum || recentBytes > LiveFeed.bytesMaximum else { return }
        // Down to half of the bounds at once, so that moving the rest is rare.
        var dropped = 0
        while recent.count - dropped > LiveFeed.countMaximum / 2 || recentBytes > LiveFeed.bytesMaximum / 2 {
            recentBytes -= recent[dropped].payload.count
            dropped += 1
        }
        covered = recent[dropped - 1].position
        recent.removeFirst(dropped)
    }

    mutating func takeWaiters(for events: [EventRow]) -> [CheckedContinuation<Void, any Error>] {
        guard !waiters.isEmpty else { return [] }
        let tasks = Set(events.map(\.task))
        var woken: [CheckedContinuation<Void, any Error>] = []
        for (id, waiter) in waiters where waiter.task.map(tasks.contains) ?? true {
            woken.append(waiter.continuation)
            waiters[id] = nil
        }
        return woken
    }
}
