internal import Core
internal import Engine
internal import Store

extension JournalWriter {
    /// Forgets a task that has ended, and what only it needs; its tombstone stays.
    /// - Parameter known: what it has used; nil to have it read here, which takes its time.
    /// - Throws: `SignalboxError`: `not_found`, `gone` when the same batch has deleted it, or `conflict` while it has
    ///   not ended; `OutdatedUsage`.
    func delete(_ number: TaskNumber, by name: String, knowing known: TaskUsage?, into work: inout Work) throws {
        guard !work.isDeleted(number) else {
            throw SignalboxError(.gone, "Task \(number) was deleted a moment ago.")
        }
        guard let row = try store.task(number) else {
            throw SignalboxError(.notFound, "There is no task \(number).")
        }
        guard row.ended != nil, tasks[number]?.machine.state.status.isFinal ?? true else {
            throw SignalboxError(
                .conflict, "Task \(number) is \(row.status).", hint: "Finish, cancel or kill this task first.")
        }
        let usage = try usage(of: row, knowing: known, work)
        work.rows.deletions.append(TombstoneRow(of: row, deletedAt: work.now, deletedBy: name))
        let told: JSON = ["name": .string(row.name), "status": .string(row.status), "by": .string(name)]
        work.rows.deletionNews.append(
            EventRow(
                position: Position(rawValue: nextPosition), task: number, sequence: 0, at: work.now,
                kind: TombstoneRow.eventKind, step: nil, run: nil, payload: told.bytes))
        nextPosition += 1
        work.rows.usageOfDeleted += usage
        tasks[number] = nil
        idleTasks.remove(number)
    }

    /// What a task has used whose events go: it was paid all the same.
    private func usage(of task: TaskRow, knowing known: TaskUsage?, _ work: Work) throws -> [UsageRow] {
        if let known {
            let newest = work.rows.events.last { $0.task == task.number }?.position ?? task.position
            guard known.position == newest else { throw OutdatedUsage() }
            return known.rows
        }
        guard task.modelCalls > 0 else { return [] }
        do {
            let tally = try UsageTally(
                of: task, in: store, payloads: payloads, plans: plans, and: work.rows.events)
            return tally.sums.rows
        } catch {
            return TaskUsage.rows(ofUnreadable: task)
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
