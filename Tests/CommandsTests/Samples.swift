import Core

@testable import Client
@testable import Commands

/// Tasks as the API tells of them.
enum Samples {
    static func summary(status: String = "running", number: Int64 = 7, position: Int64 = 12) -> JSONObject {
        [
            "id": "01m7wwjyc443z1j23mtmfgy628", "number": .int(number), "name": "invoices: June",
            "status": .string(status), "plan": ["name": "invoices", "hash": "00"], "source": "plan", "trigger": "cli",
            "models": [], "tags": [], "progress": ["current": 1, "total": 3, "finished": 0, "failed": 0],
            "created": "2026-11-20T12:00:00.000Z", "started": "2026-11-20T12:00:00.000Z", "ended": nil,
            "active_ms": 4200, "tokens": ["input": 1000, "output": 204], "model_calls": 1,
            "cost": ["status": "unknown"], "position": .int(position), "url": .string("/tasks/\(number)"),
        ]
    }

    static func details(
        status: String = "running", outputs: JSON = nil, sentence: String? = nil,
        steps: [(name: String, kind: String)] = [("read", "command"), ("check", "command"), ("summary", "agent")]
    ) throws -> TaskDetails {
        var object = summary(status: status)
        object["inputs"] = [:]
        object["files"] = []
        object["sentence"] = sentence.map(JSON.string)
        object["steps"] = .array(
            steps.map { ["path": .string($0.name), "kind": .string($0.kind), "status": "queued", "needs": []] })
        object["outputs"] = outputs
        return try TaskDetails(.object(object))
    }

    /// Events a second apart, the first at 12:00:01.
    static func events(_ bodies: [(type: String, step: String?, data: JSON)]) throws -> [TaskEvent] {
        try bodies.enumerated().map { place, body in
            var object: JSONObject = [
                "position": .int(Int64(place + 1)), "task": 7, "sequence": .int(Int64(place + 1)),
                "at": .string("2026-11-20T12:00:\(place + 1 < 10 ? "0" : "")\(place + 1).000Z"),
                "type": .string(body.type),
                "data": body.data,
            ]
            object["step"] = body.step.map(JSON.string)
            object["run"] = body.step == nil ? nil : 1
            return try TaskEvent(.object(object))
        }
    }
}
