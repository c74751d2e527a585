internal import Core
internal import Engine
internal import Store
internal import Synchronization

/// The one writer, with a thread that decides and a lane that commits. It takes everything that waits as one transaction (never waiting for more), has it committed, and only
/// then are subscribers told, actions handed on and callers answered.
final class Journal: Sendable {
    private struct State {
        var waiting: [JournalRequest] = []
        var isClosed = false
        /// A commit was refused, and nothing has been done about it yet.
        var hasRefusal = false
        var hasEnded = false
        var endWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let condition = ThreadCondition()

    /// Starts the writer's threads.
    /// - Parameter makeWriter: makes the writer that commits in that lane; it is called at once, and what it makes belongs
    ///   to the journal's thread from then on.
    init(_ makeWriter: (any CommitLane) throws -> JournalWriter) throws {
        let lane = try CommitThread { [self] in
            condition.signal { state.withLock { $0.hasRefusal = true } }
        }
        do {
            try run(Handover(try makeWriter(lane)), closing: lane)
        } catch {
            lane.close()
            throw error
        }
    }

    private func run(_ made: Handover<JournalWriter>, closing lane: CommitThread) throws {
        try startThread(name: "journal", stackBytes: 4 << 20) { [self] in
            let writer = made.take()
            while let batch = nextBatch() { writer.commit(batch) }
            writer.settle()
            lane.close()
            let waiters = state.withLock { state in
                state.hasEnded = true
                return state.endWaiters
            }
            for waiter in waiters { waiter.resume() }
        }
    }

    /// Makes a task.
    /// - Throws: `SignalboxError`: `storage_error`, `conflict` for a key that another request has used, `unavailable`.
    func create(_ task: NewTask) async throws -> Runtime.Receipt {
        guard case .created(let receipt) = try await submit(.create(task)) else {
            preconditionFailure("The journal answers a creation with a task.")
        }
        return receipt
    }

    /// The task that an earlier request with that key has made; nil when none has used it.
    /// - Throws: `SignalboxError`: `conflict` for a key that another request has used, `unavailable`.
    func repetition(of key: String, requestHash: ContentHash?) async throws -> Runtime.Receipt? {
        guard case .repetition(let receipt) = try await submit(.repetition(key: key, requestHash: requestHash)) else {
            preconditionFailure("The journal answers a question about a key with a task or nothing.")
        }
        return receipt
    }

    /// Carries out a command and returns when its events are durable.
    func handle(_ command: any TaskCommand, for task: TaskNumber) async throws -> Transition {
        guard case .transition(let transition) = try await submit(.command(command, task)) else {
            preconditionFailure("The journal answers a command with a transition.")
        }
        return transition
    }

    /// Keeps a version of a plan: from now on it is the latest.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func save(_ plan: PlanRow, if condition: VersionCondition?, bringsBack: Bool) async throws -> Saving {
        try await keep(.savePlan(plan, if: condition, bringsBack: bringsBack))
    }

    /// Publishes, archives or restores a saved plan.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`, `conflict`.
    func change(_ plan: String, _ change: PlanChange, if condition: VersionCondition?) async throws {
        _ = try await submit(.changePlan(plan, change, if: condition))
    }

    /// Keeps an app in the place of what had its name.
    /// - Returns: whether anything is new.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func publish(_ app: AppRow, if condition: VersionCondition?) async throws -> Bool {
        try await keep(.publishApp(app, if: condition)) == .new
    }

    /// Archives an app, or brings it back.
    /// - Parameter time: when it was archived; nil to bring it back.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func archiveApp(_ name: String, at time: Timestamp?, if condition: VersionCondition?) async throws {
        _ = try await submit(.archiveApp(name, at: time, if: condition))
    }

    private func keep(_ body: JournalRequest.Body) async throws -> Saving {
        guard case .kept(let saving) = try await submit(body) else {
            preconditionFailure("The journal answers what is to be kept with whether it is new.")
        }
        return saving
    }

    /// Keeps something for an agent.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when its memory is full.
    func remember(_ memory: MemoryRow) async throws {
        _ = try await submit(.remember(memory))
    }

    /// Forgets what an agent has kept under a name.
    /// - Throws: `SignalboxError` with code `not_found`.
    func forget(_ name: String, of agent: String) async throws {
        _ = try await submit(.forget(agent: agent, name: name))
    }

    /// Keeps a version of an agent.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func save(_ agent: AgentRow, if condition: VersionCondition? = nil) async throws -> Saving {
        try await keep(.saveAgent(agent, if: condition))
    }

    /// Hides an agent of the library, or brings it back; its versions stay.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func archiveAgent(_ name: String, undo: Bool, if condition: VersionCondition? = nil) async throws {
        _ = try await submit(.archiveAgent(name, undo: undo, if: condition))
    }

    /// Keeps a list of tasks under its name.
    /// - Returns: whether there was one of that name.
    /// - Throws: `SignalboxError`: `precondition_failed`, `limit_exceeded`.
    func save(_ view: ViewRow, if condition: VersionCondition?) async throws -> Bool {
        guard case .saved(let isReplaced) = try await submit(.saveView(view, if: condition)) else {
            preconditionFailure("The journal answers what is saved with whether it was there.")
        }
        return isReplaced
    }

    /// Forgets a named list.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func deleteView(_ name: String, if condition: VersionCondition?) async throws {
        _ = try await submit(.deleteView(name, if: condition))
    }

    /// Takes nothing more, commits what waits, and returns when the thread has ended.
    func close() async {
        condition.signal { state.withLock { $0.isClosed = true } }
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.endWaiters.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Hands a signal to the step that has waited for it longest, or keeps it.
    func signal(name: String, key: String, payload: JSON) async throws -> Runtime.SignalReceipt {
        guard case .signalled(let receipt) = try await submit(.signal(name: name, key: key, payload: payload)) else {
            preconditionFailure("The journal answers a signal with what became of it.")
        }
        return receipt
    }

    /// Forgets a finished task; its tombstone stays.
    /// - Parameter usage: what it has used; nil to have the journal read it.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` while it has not ended; `OutdatedUsage` when that was read
    ///   before its newest event.
    func delete(_ task: TaskNumber, by name: String, knowing usage: TaskUsage?) async throws {
        _ = try await submit(.delete(task, by: name, knowing: usage))
    }

    /// What a queued task stands behind; nil when it does not stand in a queue.
    func queue(of task: TaskNumber) async throws -> TaskQueue? {
        guard case .queue(let queue) = try await submit(.queue(task)) else {
            preconditionFailure("The journal answers a question about a queue with a queue.")
        }
        return queue
    }

    /// Removes files of blobs that no task has needed for a while.
    /// - Returns: how many have gone.
    func removeUnusedBlobs(limit: Int) async throws -> Int {
        guard case .removed(let count) = try await submit(.removeUnusedBlobs(limit: limit)) else {
            preconditionFailure("The journal answers a removal with how much has gone.")
        }
        return count
    }

    private func submit(_ body: JournalRequest.Body) async throws -> JournalAnswer {
        try await withCheckedThrowingContinuation { continuation in
            let request = JournalRequest(body: body) { continuation.resume(with: $0) }
            var isRefused = false
            condition.signal {
                isRefused = state.withLock { state in
                    guard !state.isClosed else { return true }
                    state.waiting.append(request)
                    return false
                }
            }
            if isRefused {
                continuation.resume(throwing: SignalboxError(.unavailable, "The server is stopping."))
            }
        }
    }

    private func nextBatch() -> [JournalRequest]? {
        condition.wait {
            state.withLock { state -> [JournalRequest]?? in
                guard state.waiting.isEmpty, !state.hasRefusal else {
                    state.hasRefusal = false
                    let batch = state.waiting
                    state.waiting = []
                    return .some(batch)
                }
                return state.isClosed ? .some(nil) : nil
            }
        }
    }
}
