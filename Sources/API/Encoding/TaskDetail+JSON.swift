internal import Core
internal import Engine
internal import Runtime
internal import Store

extension TaskDetail {
    /// A task with everything it was given, its steps and what came out.
    func json(at now: Timestamp) throws -> JSON {
        guard case .object(var object) = task.json(at: now) else { preconditionFailure("A task is an object.") }
        object["description"] = planSummary.map(JSON.string)
        object["inputs"] = .object(inputs)
        object["files"] = .array(files.map(\.json))
        if let limits = task.limits, case .object(var members) = try JSON(parsing: limits) {
            if let cost = TaskLimits(.object(members)).cost { members["cost"] = cost.json }
            object["limits"] = .object(members)
        }
        object["waits"] = .array(steps.compactMap(\.waitJSON))
        object["requests"] = .array(requests.map { $0.json(taskName: task.name) })
        if let queue {
            object["queue"] = [
                "under_way": .array(queue.underWay.map { .int($0.rawValue) }), "ahead": .int(Int64(queue.ahead)),
            ]
        }
        object["children"] = .array(children.map { $0.json(at: now) })
        object["reruns"] = .array(reruns.map { $0.json(at: now) })
        object["is_cut_off"] = isCutOff ? true : nil
        object["steps"] = .array(steps.map { $0.json(at: now) })
        object["outputs"] = outputs.map(JSON.object) ?? .null
        return .object(object)
    }

    /// Whether what is told of it stays the same as long as nothing of it happens. Its place in a queue hangs on others.
    var isLasting: Bool {
        queue == nil && task.isLasting && children.allSatisfy(\.isLasting) && reruns.allSatisfy(\.isLasting)
            && !steps.contains(where: \.isAtWork)
    }
}

extension TaskFileDetail {
    var json: JSON {
        [
            "name": .string(name), "type": .string(mediaType), "size": .int(size), "sha256": .string(hash.rawValue),
            "url": .string("/api/files/\(hash.rawValue)"),
        ]
    }
}

extension StepDetail {
    /// Whether its duration grows.
    fileprivate var isAtWork: Bool {
        if case .counting? = row?.duration { true } else { false }
    }

    func json(at now: Timestamp) -> JSON {
        var object: JSONObject = [
            "path": .string(path.rawValue), "depth": .int(Int64(depth)), "kind": .string(kind),
            "status": .string(status),
            "needs": .array(needs.map(JSON.string)),
        ]
        object["description"] = summary.map(JSON.string)
        object["condition"] = condition.map(JSON.string)
        object["waiting_reason"] = row?.waitingReason.map(JSON.string)
        object["waiting"] = row?.waitJSON
        object["reason"] = reason
        if !pathsNotTaken.isEmpty { object["paths_not_taken"] = .array(pathsNotTaken.map(JSON.string)) }
        object["iterations"] = iterationsJSON
        object["child_task"] = row?.childTask.map { .int($0.rawValue) }
        if row?.isReused == true { object["reused"] = true }
        if !blocks.isEmpty { object["blocks"] = .array(blocks.map(\.json)) }
        object["runs"] = .int(Int64(row?.runs ?? 0))
        object["started"] = row?.started.map { .string($0.rfc3339) }
        object["ended"] = row?.ended.map { .string($0.rfc3339) }
        object["duration_ms"] = row?.durationMilliseconds(at: now).map(JSON.int)
        if let idle = row?.idleMilliseconds, idle > 0 { object["idle_ms"] = .int(idle) }
        if let cause = row?.failureCause, let message = row?.failureMessage {
            object["failure"] = ["cause": .string(cause), "message": .string(message)]
        }
        object["preview"] = row?.preview.map(JSON.string)
        if let row, row.modelCalls > 0 || !row.models.isEmpty {
            if !row.models.isEmpty { object["models"] = .array(row.models.map(JSON.string)) }
            object["model_calls"] = .int(Int64(row.modelCalls))
            object["tool_calls"] = .int(Int64(row.toolCalls))
            object["tokens"] = row.usage.json
            object.setCost(row.cost, isKnown: row.isCostKnown)
        }
        if let verdict { object["result"] = verdict.json }
        object["input"] = input
        object["output"] = output
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        object["trace"] = trace
        if !turns.isEmpty { object["turns"] = .array(turns) }
        if isCutOff, let task = row?.task {
            object["is_cut_off"] = true
            object["url"] = .string("/api/tasks/\(task.rawValue)/steps/\(path.rawValue)")
        }
        return .object(object)
    }
}

extension StepDetail {
    /// What it waits for, with its own path; nil when it does not wait.
    fileprivate var waitJSON: JSON? {
        guard case .object(var object)? = row?.waitJSON else { return nil }
        object["step"] = .string(path.rawValue)
        return .object(object)
    }

    /// Of a loop how far it is; the total is null when only its end tells.
    fileprivate var iterationsJSON: JSON? {
        guard let row, let finished = row.iterationsFinished else { return nil }
        return [
            "total": row.iterationsTotal.map { .int(Int64($0)) } ?? .null, "finished": .int(Int64(finished)),
            "failed": .int(Int64(row.iterationsFailed ?? 0)), "hidden": .int(Int64(hiddenIterations)),
        ]
    }
}

extension AgentVerdict {
    fileprivate var json: JSON {
        var object: JSONObject = ["status": .string(status)]
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }
}

extension BlockOutline {
    fileprivate var json: JSON { ["name": .string(name), "steps": .array(steps.map(\.json))] }
}

extension StepOutline {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name), "kind": .string(kind)]
        if !blocks.isEmpty { object["blocks"] = .array(blocks.map(\.json)) }
        return .object(object)
    }
}
