internal import Core
internal import Store

/// Puts tasks into the sums of usage that an earlier version ran, which had none. It goes on where it was interrupted.
enum UsageFill {
    private static let portion = 1_000

    /// It blocks. What cannot be read is left out and reported; a start does not fail because of it.
    static func run(
        _ store: any JournalStore, payloads: PayloadStore, plans: PlanLibrary, log: Log
    ) throws {
        while case .through(let last) = try store.usageProgress() {
            let tasks = try store.tasksInJournal(after: last, limit: portion)
            var sums = UsageSums()
            for number in tasks {
                do {
                    guard let task = try store.task(number), task.modelCalls > 0 else { continue }
                    let tally = try UsageTally(of: task, in: store, payloads: payloads, plans: plans)
                    for row in tally.sums.rows { sums.add(row.amount, to: row.key) }
                } catch {
                    log.warning(
                        "What a task has used cannot be added to the sums",
                        ["task": .int(number.rawValue), "error": .string("\(error)")])
                }
            }
            var batch = WriteBatch()
            batch.usage = sums.rows
            batch.usageProgress = tasks.last.map { .through($0) } ?? .complete
            try store.commit(batch)
        }
    }
}
