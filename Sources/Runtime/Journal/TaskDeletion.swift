internal import Core
internal import Engine
internal import Store

/// Has finished tasks deleted. What must be read for that is read here; the journal only looks whether it still holds.
struct TaskDeletion: Sendable {
    /// How often it is read again because somebody labels the task or reckons it anew meanwhile.
    private static let readingsMaximum = 5
    private static let eventsPerRead = 50

    let store: any ReadStore
    let payloads: PayloadStore
    let plans: PlanLibrary
    let journal: Journal

    /// What a task has used; nil when it has not ended, or is not there.
    func usage(of number: TaskNumber) async throws -> TaskUsage? {
        guard let task = try await store.task(number), task.ended != nil else { return nil }
        guard task.modelCalls > 0 else { return TaskUsage(position: task.position, rows: []) }
        do {
            return TaskUsage(position: task.position, rows: try await tally(task).sums.rows)
        } catch {
            return TaskUsage(position: task.position, rows: TaskUsage.rows(ofUnreadable: task))
        }
    }

    private func tally(_ task: TaskRow) async throws -> UsageTally {
        guard let plan = try await store.plan(task.planHash) else { throw UsageTally.noPlan(of: task) }
        var tally = UsageTally(plan: task.planName, try plans.storedPlan(plan.source))
        let payloads = payloads
        var after = Position.zero
        while true {
            let rows = try await store.events(
                after: after, of: task.number, kinds: UsageTally.kinds.map(\.rawValue), limit: Self.eventsPerRead)
            let events = try await onOwnThread("usage") { try rows.map { try Event(payloads.entry($0)) } }
            for event in events { tally.note(event) }
            guard let last = rows.last, rows.count == Self.eventsPerRead else { return tally }
            after = last.position
        }
    }

    /// Forgets a finished task; its tombstone stays.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` while it has not ended.
    func delete(_ task: TaskNumber, by name: String) async throws {
        try await delete(task, by: name, knowing: try await usage(of: task))
    }

    /// The same for one of which was read before what it has used.
    func delete(_ task: TaskNumber, by name: String, knowing usage: TaskUsage?) async throws {
        var usage = usage
        for _ in 0..<Self.readingsMaximum {
            do {
                return try await journal.delete(task, by: name, knowing: usage)
            } catch is OutdatedUsage {
                usage = try await self.usage(of: task)
            }
        }
        // It never stands still: the journal reads it itself.
        try await journal.delete(task, by: name, knowing: nil)
    }
}
