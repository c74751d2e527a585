internal import Core
internal import Store

extension TaskRow {
    static let columns = """
        number, id, name, status, waiting_reason, failure_cause, sentence, sentence_step, plan_name, plan_hash, source, \
        trigger, models, tags, current_step, total_steps, finished_steps, failed_steps, created, started, ended, \
        active_ms, active_since, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning, \
        model_calls, position, priority, concurrency_key, concurrency_limit, is_admitted, wake_at, is_idle, \
        open_requests, waiting_reasons, parent, parent_step, rerun_of, rerun_from, cost, is_cost_known, \
        children_tokens_input, children_tokens_cache_read, children_tokens_cache_write, children_tokens_output, \
        children_tokens_reasoning, children_cost, is_children_cost_known, limits, tokens_rare, \
        children_tokens_rare, tool_calls, uses_default_model, app
        """

    /// Replaces what changes in the life of a task and leaves what was fixed at its creation.
    static let upsert = StoreSQLite.upsert(
        into: "task", key: "number", columns: columns,
        fixed: [
            "number", "id", "plan_name", "plan_hash", "source", "trigger", "created", "parent", "parent_step",
            "rerun_of", "rerun_from", "uses_default_model", "app",
        ])

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            number: row.task(0), id: try stored(row.text(1), TaskID.init(rawValue:)), name: row.text(2),
            status: row.text(3), waitingReason: row.optionalText(4), failureCause: row.optionalText(5),
            sentence: row.optionalText(6), sentenceStep: row.optionalPath(7), planName: row.text(8),
            planHash: try stored(row.text(9), ContentHash.init(rawValue:)), source: row.text(10),
            trigger: row.text(11), models: try list(row.text(12)), tags: try list(row.text(13)),
            currentStep: Int(row.integer(14)), totalSteps: Int(row.integer(15)), finishedSteps: Int(row.integer(16)),
            failedSteps: Int(row.integer(17)), created: row.time(18), started: row.optionalTime(19),
            ended: row.optionalTime(20), activeMilliseconds: row.integer(21), activeSince: row.optionalTime(22),
            usage: try row.usage(from: 23, rare: 52), modelCalls: Int(row.integer(28)),
            position: Position(rawValue: row.integer(29)),
            priority: Int(row.integer(30)), concurrencyKey: row.optionalText(31),
            concurrencyLimit: row.optionalCount(32), isAdmitted: row.flag(33), wakeAt: row.optionalTime(34),
            isIdle: row.flag(35), openRequests: Int(row.integer(36)),
            waitingReasons: try row.optionalText(37).map(list) ?? [], parent: row.optionalTask(38),
            parentStep: row.optionalPath(39), rerunOf: row.optionalTask(40), rerunFrom: row.optionalPath(41),
            cost: row.money(42), isCostKnown: row.flag(43), childrenUsage: try row.usage(from: 44, rare: 53),
            childrenCost: row.money(49), isChildrenCostKnown: row.flag(50), limits: row.optionalText(51),
            toolCalls: row.count(54), usesDefaultModel: row.flag(55), app: row.optionalText(56))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        var values: [SQLiteValue] = [
            SQLiteValue(number), .text(id.rawValue), .text(name), .text(status), SQLiteValue(waitingReason),
            SQLiteValue(failureCause), SQLiteValue(sentence), SQLiteValue(sentenceStep), .text(planName),
            SQLiteValue(planHash), .text(source), .text(trigger), list(models), list(tags), SQLiteValue(currentStep),
            SQLiteValue(totalSteps), SQLiteValue(finishedSteps), SQLiteValue(failedSteps), SQLiteValue(created),
            SQLiteValue(started), SQLiteValue(ended), .integer(activeMilliseconds), SQLiteValue(activeSince),
        ]
        values.reserveCapacity(57)
        values += SQLiteValue.usage(usage)
        values += [
            SQLiteValue(modelCalls), SQLiteValue(position), SQLiteValue(priority), SQLiteValue(concurrencyKey),
            SQLiteValue(concurrencyLimit), SQLiteValue(isAdmitted), SQLiteValue(wakeAt), SQLiteValue(isIdle),
            SQLiteValue(openRequests), listOrNull(waitingReasons), SQLiteValue(parent), SQLiteValue(parentStep),
            SQLiteValue(rerunOf), SQLiteValue(rerunFrom), SQLiteValue(cost), SQLiteValue(isCostKnown),
        ]
        values += SQLiteValue.usage(childrenUsage)
        values += [
            SQLiteValue(childrenCost), SQLiteValue(isChildrenCostKnown), SQLiteValue(limits), SQLiteValue(rare: usage),
            SQLiteValue(rare: childrenUsage), SQLiteValue(count: toolCalls),
            SQLiteValue(count: usesDefaultModel ? 1 : 0), SQLiteValue(app),
        ]
        return values
    }
}

extension AdmissionRow {
    static let columns = "number, concurrency_key, concurrency_limit, priority, is_admitted"

    init(_ row: borrowing SQLiteRow) {
        self.init(
            task: row.task(0), key: row.text(1), limit: row.optionalCount(2), priority: Int(row.integer(3)),
            isAdmitted: row.flag(4))
    }
}

extension TombstoneRow {
    static let columns = "number, id, name, plan_name, status, created, ended, deleted_at, deleted_by"

    static let insert = "INSERT INTO tombstone (\(columns)) VALUES (\(placeholders(9)))"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            number: row.task(0), id: try stored(row.text(1), TaskID.init(rawValue:)), name: row.text(2),
            planName: row.text(3), status: row.text(4), created: row.time(5), ended: row.optionalTime(6),
            deletedAt: row.time(7), deletedBy: row.text(8))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            SQLiteValue(number), .text(id.rawValue), .text(name), .text(planName), .text(status), SQLiteValue(created),
            SQLiteValue(ended), SQLiteValue(deletedAt), .text(deletedBy),
        ]
    }
}
