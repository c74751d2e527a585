internal import Core
internal import Runtime
internal import Store

extension TaskDetail {
    /// A task with everything it was given, its steps and what came out.
    func json(at now: Timestamp) -> JSON {
        guard case .object(var object) = task.json(at: now) else { preconditionFailure("A task is an object.") }
        object["description"] = planSummary.map(JSON.string)
        object["inputs"] = .object(inputs)
        object["files"] = .array(files.map(\.json))
        object["steps"] = .array(steps.map { $0.json(at: now) })
        object["outputs"] = outputs.map(JSON.object) ?? .null
        return .object(object)
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
    func json(at now: Timestamp) -> JSON {
        var object: JSONObject = [
            "path": .string(path.rawValue), "kind": .string(kind), "status": .string(status),
            "needs": .array(needs.map(JSON.string)),
        ]
        object["description"] = summary.map(JSON.string)
        object["condition"] = condition.map(JSON.string)
        object["waiting_reason"] = row?.waitingReason.map(JSON.string)
        object["runs"] = .int(Int64(row?.runs ?? 0))
        object["started"] = row?.started.map { .string($0.rfc3339) }
        object["ended"] = row?.ended.map { .string($0.rfc3339) }
        if let started = row?.started {
            object["duration_ms"] = .int((row?.ended ?? row?.waitingSince ?? now).milliseconds(since: started))
        }
        if let cause = row?.failureCause, let message = row?.failureMessage {
            object["failure"] = ["cause": .string(cause), "message": .string(message)]
        }
        object["preview"] = row?.preview.map(JSON.string)
        if let row, !row.models.isEmpty {
            object["models"] = .array(row.models.map(JSON.string))
            object["tokens"] = row.usage.json
        }
        object["input"] = input
        object["output"] = output
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        object["trace"] = trace
        if !turns.isEmpty { object["turns"] = .array(turns) }
        return .object(object)
    }
}
