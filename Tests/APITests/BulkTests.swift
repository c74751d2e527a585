import Core
import Engine
import HTTPServer
import Runtime
import Store
import Testing

/// The same for many tasks, by a filter and with what was seen before.
@Suite(.timeLimit(.minutes(1)))
struct BulkTests {
    private static let fails = "name: fails\nsteps: { no: { command: [\"false\"], repeatable: true } }\n"

    private func bulk(_ world: World, _ action: String, _ more: JSONObject) async throws -> World.Answer {
        var body = more
        body["action"] = .string(action)
        return try await world.post("/api/tasks/bulk", .object(body))
    }

    private func numbers(_ answer: World.Answer) throws -> [Int64] {
        (try answer.json()["tasks"]?.arrayValue ?? []).compactMap { $0["number"]?.intValue }
    }

    @Test(
        arguments: [
            (["status": "failed"], [2]), (["status": "failed,completed", "plan": "small"], [1, 3]),
            (["group": "finished"], [1, 3]), (["cause": "tool_error"], [2]), (["trigger": "api"], [1, 2, 3]),
            (["trigger": "cli"], []), (["waiting": "timer"], []), (["model": "default"], []), (["tag": "red"], [3]),
            (["search": "inv"], [3]), (["from": "2026-01-01", "zone": "Europe/Berlin", "status": "failed"], [2]),
            (["to": "2026-01-01"], []), (["plan": "small", "search": nil], [1, 3]),
        ] as [(JSONObject, [Int64])])
    func `Each filter of a list says which tasks are meant`(filter: JSONObject, expected: [Int64]) async throws {
        try await World.with(.inProcess) { world in
            _ = try await world.run(SamplePlan.small)
            _ = try await world.run(Self.fails)
            let third = TaskNumber(rawValue: try await world.run(SamplePlan.small))
            try await world.runtime.label(third, name: "Invoices", tags: .set(["red"]))
            let answer = try await bulk(world, "delete", ["filter": .object(filter), "dry_run": true])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try numbers(answer) == expected)
            #expect(try answer.json()["count"] == .int(Int64(expected.count)))
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 3)
        }
    }

    @Test func `A task that is named in two ways is one task`() async throws {
        try await World.with(.inProcess) { world in
            let number = try await world.run(SamplePlan.small)
            let answer = try await bulk(world, "rerun", ["tasks": [.int(number), .string("#\(number)")]])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json()["count"] == 1)
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 2)
        }
    }

    @Test func `What runs is what was seen`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await world.run(SamplePlan.small)
            let filter: JSON = ["plan": "small"]
            let seen = try await bulk(world, "delete", ["filter": filter, "dry_run": true]).json()
            _ = try await world.run(SamplePlan.small)
            for expected in [seen["count"], seen["selection"]] {
                let refused = try await bulk(world, "delete", ["filter": filter, "expected": expected ?? nil])
                #expect(refused.status == 412, "\(refused.text)")
                #expect(try refused.json()["detail"]?.stringValue?.hasSuffix("Nothing was done.") == true)
            }
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 2)
            let now = try await bulk(world, "delete", ["filter": filter, "dry_run": true]).json()
            let done = try await bulk(world, "delete", ["filter": filter, "expected": now["selection"] ?? nil])
            #expect(done.status == 200, "\(done.text)")
            #expect(try done.json()["selection"] == now["selection"])
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }

    @Test func `Tasks are tagged and retried, and those that cannot be say why`() async throws {
        try await World.with(.inProcess) { world in
            let (good, bad) = (try await world.run(SamplePlan.small), try await world.run(Self.fails))
            let change: JSON = ["add": ["seen"], "remove": ["x"]]
            let tagged = try await bulk(world, "tag", ["filter": ["trigger": "api"], "tags": change])
            #expect(tagged.status == 200, "\(tagged.text)")
            #expect(try await world.send(.get, "/api/tasks?tag=seen").json()["total"] == 2)
            let retried = try await bulk(world, "retry", ["tasks": [.int(good), .int(bad)], "expected": 2]).json()
            #expect(retried["results"]?.arrayValue?.map { $0["done"] } == [false, true])
            #expect(retried["results"]?.arrayValue?.first?["error"]?["code"] == "conflict")
        }
    }

    @Test(
        arguments: [
            ["action": "tag", "tasks": [1]], ["action": "kill", "tasks": [1], "tags": ["x"]],
            ["action": "kill", "filter": ["status": "bad"]], ["action": "kill", "filter": ["zone": "Europe/Berlin"]],
            ["action": "kill", "filter": ["colour": "red"]], ["action": "kill", "filter": ["from": "yesterday"]],
            ["action": "kill", "filter": [:]], ["action": "kill", "filter": ["status": ["failed"]]],
            ["action": "kill", "tasks": [1], "expected": "x"], ["action": "kill", "tasks": [1], "expected": -1],
            ["action": "kill"], ["action": "kill", "tasks": [1], "filter": ["status": "failed"]],
        ] as [JSON])
    func `A request that is none does nothing`(body: JSON) async throws {
        try await World.with(.inProcess) { world in
            _ = try await world.run(SamplePlan.small)
            let answer = try await world.post("/api/tasks/bulk", body)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(try answer.json()["errors"]?.arrayValue?.isEmpty == false)
        }
    }
}
