internal import Core
internal import Engine
internal import Store

extension JournalWriter {
    /// Forgets a task that has ended, and what only it needs; its tombstone stays.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` while it has not ended.
    func delete(_ number: TaskNumber, by name: String, into work: inout Work) throws {
        guard let row = try store.task(number), !work.isDeleted(number) else {
            throw SignalboxError(.notFound, "There is no task \(number).")
        }
        guard row.ended != nil, tasks[number]?.machine.state.status.isFinal ?? true else {
            throw SignalboxError(
                .conflict, "Task \(number) is \(row.status).", hint: "Finish, cancel or kill this task first.")
        }
        work.rows.deletions.append(TombstoneRow(of: row, deletedAt: work.now, deletedBy: name))
        work.rows.usageOfDeleted += usage(of: row, work)
        tasks[number] = nil
    }

    /// What a task has used whose events go: it was paid all the same. Of one whose events cannot be read nobody knows its
    /// agents and models any more, only what all of them have used.
    private func usage(of task: TaskRow, _ work: Work) -> [UsageRow] {
        guard task.modelCalls > 0 else { return [] }
        do {
            let tally = try UsageTally(
                of: task, in: store, payloads: payloads, plans: plans, and: work.rows.events)
            return tally.sums.rows
        } catch {
            let key = UsageKey(day: task.created.dayInUTC, plan: task.planName, agent: "", model: "")
            let amount = UsageAmount(
                calls: Int64(task.modelCalls), usage: task.usage, cost: task.cost,
                unpricedCalls: task.isCostKnown ? 0 : 1)
            return [UsageRow(key, amount)]
        }
    }

    /// Removes files that no task needs. It stands alone after the commit of a batch, so that no task can be about to refer
    /// to one of them.
    func removeUnusedBlobs(for requests: [JournalRequest], at now: Timestamp) {
        for request in requests {
            guard case .removeUnusedBlobs(let limit) = request.body else { continue }
            request.answer(
                Result { .removed(try store.removeUnusedBlobs(from: payloads.blobs, at: now, limit: limit)) })
        }
    }
}
