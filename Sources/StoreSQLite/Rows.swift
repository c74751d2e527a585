internal import Core
internal import Store

extension EventRow {
    static let columns = "position, task, sequence, at, kind, step, run, payload"

    init(_ row: borrowing SQLiteRow) {
        self.init(
            position: Position(rawValue: row.integer(0)), task: TaskNumber(rawValue: row.integer(1)),
            sequence: row.integer(2), at: row.time(3), kind: row.text(4),
            step: row.optionalText(5).map(StepPath.init(rawValue:)),
            run: row.optionalInteger(6).map { RunNumber(rawValue: Int($0)) }, payload: row.blob(7))
    }
}

extension TaskRow {
    static let columns = """
        number, id, name, status, waiting_reason, failure_cause, sentence, sentence_step, plan_name, plan_hash, source, \
        trigger, models, tags, current_step, total_steps, finished_steps, failed_steps, created, started, ended, \
        active_ms, active_since, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning, \
        model_calls, position
        """

    /// Replaces what changes in the life of a task and leaves what was fixed at its creation.
    static let upsert = """
        INSERT INTO task (\(columns)) VALUES (\(placeholders(30)))
        ON CONFLICT (number) DO UPDATE SET name = excluded.name, status = excluded.status,
            waiting_reason = excluded.waiting_reason, failure_cause = excluded.failure_cause,
            sentence = excluded.sentence, sentence_step = excluded.sentence_step, models = excluded.models,
            tags = excluded.tags, current_step = excluded.current_step, total_steps = excluded.total_steps,
            finished_steps = excluded.finished_steps, failed_steps = excluded.failed_steps,
            started = excluded.started, ended = excluded.ended, active_ms = excluded.active_ms,
            active_since = excluded.active_since, tokens_input = excluded.tokens_input,
            tokens_cache_read = excluded.tokens_cache_read, tokens_cache_write = excluded.tokens_cache_write,
            tokens_output = excluded.tokens_output, tokens_reasoning = excluded.tokens_reasoning,
            model_calls = excluded.model_calls, position = excluded.position
        """

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            number: TaskNumber(rawValue: row.integer(0)), id: try stored(row.text(1), TaskID.init(rawValue:)),
            name: row.text(2), status: row.text(3), waitingReason: row.optionalText(4),
            failureCause: row.optionalText(5), sentence: row.optionalText(6),
            sentenceStep: row.optionalText(7).map(StepPath.init(rawValue:)), planName: row.text(8),
            planHash: try stored(row.text(9), ContentHash.init(rawValue:)), source: row.text(10),
            trigger: row.text(11), models: try list(row.text(12)), tags: try list(row.text(13)),
            currentStep: Int(row.integer(14)), totalSteps: Int(row.integer(15)), finishedSteps: Int(row.integer(16)),
            failedSteps: Int(row.integer(17)), created: row.time(18), started: row.optionalTime(19),
            ended: row.optionalTime(20), activeMilliseconds: row.integer(21), activeSince: row.optionalTime(22),
            usage: row.usage(from: 23), modelCalls: Int(row.integer(28)), position: Position(rawValue: row.integer(29)))
    }
}

extension StepRow {
    static let columns = """
        task, path, ordinal, status, waiting_reason, waiting_since, runs, started, ended, failure_cause, \
        failure_message, preview, models, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, \
        tokens_reasoning
        """

    static let upsert = "INSERT OR REPLACE INTO step (\(columns)) VALUES (\(placeholders(18)))"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            task: TaskNumber(rawValue: row.integer(0)), path: StepPath(rawValue: row.text(1)),
            ordinal: Int(row.integer(2)), status: row.text(3), waitingReason: row.optionalText(4),
            waitingSince: row.optionalTime(5), runs: Int(row.integer(6)), started: row.optionalTime(7),
            ended: row.optionalTime(8), failureCause: row.optionalText(9), failureMessage: row.optionalText(10),
            preview: row.optionalText(11), models: try row.optionalText(12).map(list) ?? [], usage: row.usage(from: 13))
    }
}

extension PlanRow {
    static let columns = "hash, name, summary, path, text, files, saved_at, is_listed"

    init(_ row: borrowing SQLiteRow) throws {
        var files: [String: String] = [:]
        for member in try JSON(parsing: row.text(5)).objectValue ?? [:] {
            files[member.name] = member.value.stringValue
        }
        self.init(
            hash: try stored(row.text(0), ContentHash.init(rawValue:)), name: row.text(1), summary: row.optionalText(2),
            path: row.text(3), text: row.text(4), files: files, savedAt: row.time(6), isListed: row.integer(7) == 1)
    }
}

extension RequestKey {
    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            key: row.text(0), requestHash: try stored(row.text(1), ContentHash.init(rawValue:)),
            task: TaskNumber(rawValue: row.integer(2)))
    }
}

extension SQLiteRow {
    fileprivate func usage(from column: Int32) -> TokenUsage {
        TokenUsage(
            input: integer(column), cacheRead: integer(column + 1), cacheWrite: integer(column + 2),
            output: integer(column + 3), reasoning: integer(column + 4))
    }
}

private func placeholders(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
}

private func list(_ text: String) throws -> [String] {
    try JSON(parsing: text).arrayValue?.compactMap(\.stringValue) ?? []
}

private func stored<Value>(_ text: String, _ make: (String) -> Value?) throws -> Value {
    guard let value = make(text) else {
        throw SignalboxError(.storage, "The database holds a value that no version has written: \(text.prefix(64)).")
    }
    return value
}
