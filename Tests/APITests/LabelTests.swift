import Core
import HTTPClient
import HTTPServer
import Runtime
import Store
import Testing

/// Names and tags of tasks, changed by programs.
@Suite(.timeLimit(.minutes(1)))
struct LabelTests {
    private func patch(
        _ world: World, _ task: Int64, _ body: JSON, ifMatch: String? = nil
    ) async throws -> World.Answer {
        var headers = ["Content-Type": "application/json"]
        if let ifMatch { headers["If-Match"] = ifMatch }
        return try await world.send(.patch, "/api/tasks/\(task)", headers: headers, body: body.bytes)
    }

    private func found(_ world: World, _ query: String) async throws -> [Int64] {
        let tasks = try await world.send(.get, "/api/tasks?\(query)").json()["tasks"]?.arrayValue ?? []
        return tasks.compactMap { $0["number"]?.intValue }
    }

    @Test(arguments: World.Transport.allCases)
    func `A task that has ended gets another name and other tags, and lists follow`(
        transport: World.Transport
    ) async throws {
        try await World.with(transport) { world in
            let task = try await world.run(SamplePlan.small)
            _ = try await world.run(SamplePlan.small)
            let answer = try await patch(world, task, ["name": " Rechnung Jürgens ", "tags": ["red", "june"]])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json()["name"] == "Rechnung Jürgens")
            #expect(try answer.json()["tags"] == ["red", "june"])
            #expect(try answer.json()["status"] == "completed")
            #expect(try await found(world, "search=jÜrgens") == [task])
            #expect(try await found(world, "tag=red") == [task])
            #expect(try await found(world, "sort=name&size=1") == [task])
            let changed = try await patch(world, task, ["tags": ["add": ["blue"], "remove": ["red"]]])
            #expect(try changed.json()["tags"] == ["june", "blue"])
            #expect(try await found(world, "tag=red").isEmpty)
            #expect(try await found(world, "tag=blue") == [task])
            let counts = try await world.send(.get, "/api/stats").json()
            #expect(counts["tag"] == ["blue": 1, "june": 1])
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A name is changed only where the one that was seen stands`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let task = try await world.run(SamplePlan.small)
            let tag = try #require(try await world.send(.get, "/api/tasks/\(task)").headers["ETag"])
            let first = try await patch(world, task, ["name": "One"], ifMatch: tag)
            #expect(first.status == 200)
            #expect(first.headers["ETag"] != tag)
            #expect(try await world.send(.get, "/api/tasks/\(task)").headers["ETag"] == first.headers["ETag"])
            let second = try await patch(world, task, ["name": "Two"], ifMatch: tag)
            #expect(second.status == 412)
            #expect(try second.json()["code"] == "precondition_failed")
            #expect(try await patch(world, task, ["name": "Two"], ifMatch: "*").status == 200)
            #expect(try await patch(world, 99, ["name": "Two"], ifMatch: "*").status == 404)
        }
    }

    @Test func `Watchers are told, and one that follows a task to its end is not held up`() async throws {
        try await World.with(.live) { world in
            let task = try await world.run(SamplePlan.small)
            let before = try await world.runtime.store.newestPosition().rawValue
            _ = try await patch(world, task, ["name": "June", "tags": ["x"]])
            let events = try await world.events("/api/tasks/\(task)/events", after: before, count: 2)
            let told = try events.map { try JSON(parsing: $0.data) }
            #expect(told.map { $0["type"] } == ["task_renamed", "task_tagged"])
            #expect(told.first?["data"]?["name"] == "June")
            #expect(told.last?["data"]?["tags"] == ["x"])
        }
    }

    @Test(
        arguments: [
            ["name": ""], ["name": "  "],
            ["name": .string(String(repeating: "é", count: Limits.taskNameLengthMaximum + 1))],
            ["name": 1], ["tags": "red"], ["tags": [1]], ["tags": [""]], ["tags": ["add": "red"]],
            ["tags": ["put": []]],
            ["tags": ["add": [""]]], ["tags": ["a,b"]], ["tags": ["add": ["a,b"]]], ["title": "x"],
        ] as [JSON])
    func `What cannot be a name or a tag is refused`(body: JSON) async throws {
        try await World.with(.inProcess) { world in
            let task = try await world.run(SamplePlan.small)
            let answer = try await patch(world, task, body)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(try await world.send(.get, "/api/tasks/\(task)").json()["name"] == "small")
        }
    }
}
