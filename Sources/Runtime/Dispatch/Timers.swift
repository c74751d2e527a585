internal import Core
internal import Engine
internal import Store
internal import Synchronization

/// Wakes tasks whose time has come. The times stand in the store, so a million waiting tasks cost nothing but their rows;
/// here only the earliest is remembered.
final class Timers: Sendable {
    private struct State {
        var next: Timestamp?
        var sleeper: Task<Void, Never>?
        var isStopping = false
        /// Tasks that cannot be read; they stay asleep until the next start.
        var unreadable: Set<TaskNumber> = []
        /// Older tasks are left asleep; nil leaves all of them.
        var first: TaskNumber?
    }

    /// How many due tasks are read at once.
    private static let portion = 256
    /// The longest sleep: after a jump of the machine's clock nothing is later than that.
    private static let sleepMaximum = Duration.seconds(10)
    private static let pauseAfterError = Duration.seconds(1)

    private let state = Mutex(State())
    private let store: any ReadStore
    private let time: TimeSource
    private let log: Log
    private let wake: @Sendable (TaskNumber) async throws -> Void

    /// - Parameter wake: lets a task see what its time has brought.
    init(
        store: any ReadStore, time: TimeSource, log: Log, wake: @escaping @Sendable (TaskNumber) async throws -> Void
    ) {
        self.store = store
        self.time = time
        self.log = log
        self.wake = wake
    }

    /// Looks up when the first of the timers in the store fires. Before that nobody is woken.
    /// - Parameter first: older tasks are left asleep.
    func start(from first: TaskNumber) async throws {
        state.withLock { $0.first = first }
        if let next = try await store.nextWake(from: first) { note(next) }
    }

    /// A timer was set. Does not block.
    func note(_ time: Timestamp) {
        state.withLock { state in
            guard !state.isStopping, state.first != nil, state.next.map({ time < $0 }) ?? true else { return }
            state.next = time
            state.sleeper?.cancel()
            // Ends by itself when no timer is left, or with `stop`.
            state.sleeper = Task { await self.run() }
        }
    }

    /// Wakes nobody any more, and returns when nobody is being woken.
    func stop() async {
        let sleeper = state.withLock { state in
            state.isStopping = true
            return state.sleeper
        }
        sleeper?.cancel()
        await sleeper?.value
    }

    private func run() async {
        while !Task.isCancelled, let next = state.withLock({ $0.next }) {
            let milliseconds = next.milliseconds(since: time.now)
            if milliseconds > 0 {
                // Cancelled when an earlier timer is set: that one has its own run.
                let sleep = min(.milliseconds(milliseconds), Self.sleepMaximum)
                guard (try? await Task.sleep(for: sleep)) != nil else { return }
                continue
            }
            await fire()
        }
    }

    /// One task that cannot be read must not keep all others from waking.
    private func wakeOne(_ task: TaskNumber) async throws {
        do {
            try await wake(task)
        } catch let error as SignalboxError where error.code == .storage || error.code == .unavailable {
            throw error
        } catch {
            state.withLock { _ = $0.unreadable.insert(task) }
            log.error("A task could not be woken", ["task": .string("\(task)"), "error": .string("\(error)")])
        }
    }

    private func fire() async {
        do {
            let (first, unreadable) = state.withLock { ($0.first ?? TaskNumber(rawValue: 0), $0.unreadable) }
            let due = try await store.dueTasks(at: time.now, from: first, limit: Self.portion)
            for task in due where !unreadable.contains(task) { try await wakeOne(task) }
            guard due.allSatisfy(unreadable.contains) || due.count < Self.portion else { return }
            // What is set from here on comes through `note`.
            state.withLock { $0.next = nil }
            if let next = try await store.nextWake(from: first), next > time.now || !due.allSatisfy(unreadable.contains)
            {
                note(next)
            }
        } catch {
            log.warning("Tasks whose time has come cannot be woken yet; trying again", ["error": .string("\(error)")])
            _ = await Task { try await Task.sleep(for: Self.pauseAfterError) }.result
        }
    }
}
