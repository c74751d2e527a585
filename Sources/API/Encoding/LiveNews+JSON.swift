internal import Core
internal import Runtime

extension LiveResync {
    var json: JSON {
        [
            "reason": .string(reason.rawValue), "after": .int(after.rawValue), "position": .int(position.rawValue),
        ]
    }
}

extension LiveEnd {
    var json: JSON { ["status": .string(status), "position": .int(position.rawValue)] }
}

extension LiveDelta {
    var json: JSON {
        var object: JSONObject = [
            "task": .int(task.rawValue), "step": .string(step.rawValue), "run": .int(Int64(run.rawValue)),
        ]
        object["turn"] = turn.map { .int(Int64($0)) }
        object["call"] = call.map(JSON.string)
        object["part"] = .int(Int64(part))
        object["kind"] = .string(kind)
        object["text"] = .string(text)
        if isFromBeginning { object["so_far"] = true }
        if isCut { object["cut"] = true }
        return .object(object)
    }
}
