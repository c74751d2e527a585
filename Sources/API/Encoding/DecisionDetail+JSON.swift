internal import Core
internal import Engine
internal import Plans
internal import Runtime
internal import Store

extension DecisionRow {
    /// A request to a person as lists show it.
    func json(taskName: String?) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "task": .int(task.rawValue), "step": .string(step.rawValue), "kind": .string(kind),
            "title": .string(title), "state": .string(state),
            "deciders": .array(deciders.map(JSON.string)), "requested": .string(requestedAt.rfc3339),
            "expires": expiresAt.map { .string($0.rfc3339) } ?? .null,
        ]
        object["task_name"] = taskName.map(JSON.string)
        object["run"] = run.map { .int(Int64($0.rawValue)) }
        object["verdict"] = verdict.map(JSON.string)
        object["decided_by"] = decidedBy.map(JSON.string)
        if let decidedAt {
            object["decided"] = .string(decidedAt.rfc3339)
            object["waited_ms"] = .int(decidedAt.milliseconds(since: requestedAt))
        }
        object["url"] = .string("/tasks/\(task.rawValue)")
        return .object(object)
    }
}

extension DecisionDetail {
    /// A request with all that is asked, and what was decided.
    func json(taskName: String?) -> JSON {
        guard case .object(var object) = row.json(taskName: taskName) else {
            preconditionFailure("A request is an object.")
        }
        object["subject"] = request.subject
        object["proposal"] = request.proposal
        object["form"] = request.form
        object["verdicts"] = .array(verdicts.map { .string($0.rawValue) })
        object["on_expiry"] = .string(request.onExpiry.rawValue)
        object["deadline"] = request.deadline.map { .string($0.rfc3339) }
        object["interrupted"] = interrupted.map {
            ["input": $0.input, "started": .string($0.startedAt.rfc3339)]
        }
        object["lost_call"] = request.lostCall?.told
        if let decision { object["decision"] = decision.json }
        return .object(object)
    }
}
