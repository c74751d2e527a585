internal import Core
internal import Store

/// The writing side: one connection, used by the journal's thread alone.
final class SQLiteJournalStore: JournalStore {
    let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    func newestPosition() throws -> Position {
        let newest = try connection.statement("SELECT max(position) FROM event").row { $0.integer(0) }
        return Position(rawValue: newest ?? 0)
    }

    func newestTaskNumber() throws -> Int64 {
        try connection.statement("SELECT max(number) FROM task").row { $0.integer(0) } ?? 0
    }

    func commit(_ batch: WriteBatch) throws {
        try connection.transaction {
            for plan in batch.plans { try write(plan) }
            for event in batch.events { try write(event) }
            for task in batch.tasks { try write(task) }
            for step in batch.steps { try write(step) }
            for key in batch.requestKeys { try write(key) }
        }
    }

    func events(of task: TaskNumber) throws -> [EventRow] {
        try connection.statement("SELECT \(EventRow.columns) FROM event WHERE task = ? ORDER BY sequence")
            .rows(.integer(task.rawValue), as: EventRow.init)
    }

    func plan(_ hash: ContentHash) throws -> PlanRow? {
        try connection.statement("SELECT \(PlanRow.columns) FROM plan WHERE hash = ?")
            .row(.text(hash.rawValue), as: PlanRow.init)
    }

    func requestKey(_ key: String) throws -> RequestKey? {
        try connection.statement("SELECT key, request_hash, task FROM request_key WHERE key = ?")
            .row(.text(key), as: RequestKey.init)
    }

    private func write(_ event: EventRow) throws {
        try connection.statement(
            "INSERT INTO event (position, task, sequence, at, kind, step, run, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).run(
            .integer(event.position.rawValue), .integer(event.task.rawValue), .integer(event.sequence),
            SQLiteValue(event.at), .text(event.kind), SQLiteValue(event.step?.rawValue),
            SQLiteValue(event.run.map { Int64($0.rawValue) }), .blob(event.payload))
    }

    private func write(_ task: TaskRow) throws {
        try connection.statement(TaskRow.upsert).run(
            .integer(task.number.rawValue), .text(task.id.rawValue), .text(task.name), .text(task.status),
            SQLiteValue(task.waitingReason), SQLiteValue(task.failureCause), SQLiteValue(task.sentence),
            SQLiteValue(task.sentenceStep?.rawValue), .text(task.planName), .text(task.planHash.rawValue),
            .text(task.source), .text(task.trigger), .text(list(task.models)), .text(list(task.tags)),
            .integer(Int64(task.currentStep)), .integer(Int64(task.totalSteps)), .integer(Int64(task.finishedSteps)),
            .integer(Int64(task.failedSteps)), SQLiteValue(task.created), SQLiteValue(task.started),
            SQLiteValue(task.ended), .integer(task.activeMilliseconds), SQLiteValue(task.activeSince),
            .integer(task.usage.input), .integer(task.usage.cacheRead), .integer(task.usage.cacheWrite),
            .integer(task.usage.output), .integer(task.usage.reasoning), .integer(Int64(task.modelCalls)),
            .integer(task.position.rawValue))
    }

    private func write(_ step: StepRow) throws {
        let hasTokens = step.usage != .zero
        func tokens(_ count: Int64) -> SQLiteValue { hasTokens ? .integer(count) : .null }
        try connection.statement(StepRow.upsert).run(
            .integer(step.task.rawValue), .text(step.path.rawValue), .integer(Int64(step.ordinal)), .text(step.status),
            SQLiteValue(step.waitingReason), SQLiteValue(step.waitingSince), .integer(Int64(step.runs)),
            SQLiteValue(step.started), SQLiteValue(step.ended), SQLiteValue(step.failureCause),
            SQLiteValue(step.failureMessage), SQLiteValue(step.preview),
            step.models.isEmpty ? .null : .text(list(step.models)), tokens(step.usage.input),
            tokens(step.usage.cacheRead), tokens(step.usage.cacheWrite), tokens(step.usage.output),
            tokens(step.usage.reasoning))
    }

    private func write(_ plan: PlanRow) throws {
        let files = JSON.object(JSONObject(plan.files.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        // A version that came with one task may be listed later; never the other way round.
        try connection.statement(
            """
            INSERT INTO plan (hash, name, summary, path, text, files, saved_at, is_listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash) DO UPDATE SET saved_at = excluded.saved_at, is_listed = 1 WHERE excluded.is_listed = 1
            """
        ).run(
            .text(plan.hash.rawValue), .text(plan.name), SQLiteValue(plan.summary), .text(plan.path), .text(plan.text),
            .text(files.text), SQLiteValue(plan.savedAt), .integer(plan.isListed ? 1 : 0))
    }

    private func write(_ key: RequestKey) throws {
        try connection.statement("INSERT INTO request_key (key, request_hash, task) VALUES (?, ?, ?)")
            .run(.text(key.key), .text(key.requestHash.rawValue), .integer(key.task.rawValue))
    }

    private func list(_ texts: [String]) -> String {
        JSON.array(texts.map(JSON.string)).text
    }
}
