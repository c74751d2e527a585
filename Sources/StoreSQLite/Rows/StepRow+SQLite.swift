internal import Core
internal import Store

extension StepRow {
    static let columns = """
        task, parent, path, ordinal, kind, status, waiting_reason, waiting_since, waiting_until, sentence, blocker, \
        runs, started, ended, failure_cause, failure_message, preview, models, tokens_input, tokens_cache_read, \
        tokens_cache_write, tokens_output, tokens_reasoning, is_reused, cost, is_cost_known, child_task, \
        iterations_total, iterations_finished, iterations_failed, tokens_rare, model_calls, tool_calls, unpriced_calls, \
        idle_ms
        """

    static let upsert = "INSERT OR REPLACE INTO step (\(columns)) VALUES (\(placeholders(35)))"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            task: row.task(0), path: row.path(2), ordinal: Int(row.integer(3)), status: row.text(5),
            waitingReason: row.optionalText(6), waitingSince: row.optionalTime(7), runs: Int(row.integer(11)),
            started: row.optionalTime(12), ended: row.optionalTime(13), failureCause: row.optionalText(14),
            failureMessage: row.optionalText(15), preview: row.optionalText(16),
            models: try row.optionalText(17).map(list) ?? [], usage: try row.usage(from: 18, rare: 30),
            kind: row.text(4),
            waitingUntil: row.optionalTime(8), sentence: row.optionalText(9), blocker: row.optionalText(10),
            isReused: row.flag(23), cost: row.money(24), unpricedCalls: row.count(33), childTask: row.optionalTask(26),
            iterationsTotal: row.optionalCount(27), iterationsFinished: row.optionalCount(28),
            iterationsFailed: row.optionalCount(29), modelCalls: row.count(31), toolCalls: row.count(32),
            idleMilliseconds: row.integer(34))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        var values: [SQLiteValue] = [
            SQLiteValue(task), .text(Self.key(of: parent)), .text(path.rawValue), SQLiteValue(ordinal), .text(kind),
            .text(status), SQLiteValue(waitingReason), SQLiteValue(waitingSince), SQLiteValue(waitingUntil),
            SQLiteValue(sentence), SQLiteValue(blocker), SQLiteValue(runs), SQLiteValue(started), SQLiteValue(ended),
            SQLiteValue(failureCause), SQLiteValue(failureMessage), SQLiteValue(preview), listOrNull(models),
        ]
        values.reserveCapacity(35)
        values += SQLiteValue.usage(usage)
        values += [
            SQLiteValue(isReused), SQLiteValue(cost), SQLiteValue(isCostKnown), SQLiteValue(childTask),
            SQLiteValue(iterationsTotal), SQLiteValue(iterationsFinished), SQLiteValue(iterationsFailed),
            SQLiteValue(rare: usage), SQLiteValue(count: modelCalls), SQLiteValue(count: toolCalls),
            SQLiteValue(count: unpricedCalls), idleMilliseconds == 0 ? .null : .integer(idleMilliseconds),
        ]
        return values
    }

    /// What stands in `parent`: the key of a table has no nulls.
    static func key(of container: StepPath?) -> String { container?.rawValue ?? "" }
}
