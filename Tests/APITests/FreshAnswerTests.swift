import Core
import HTTPServer
import Plans
import Runtime
import Testing

/// Nobody who was told of a change is given an answer from before it, however often it was given before.
@Suite(.timeLimit(.minutes(1)))
struct FreshAnswerTests {
    private static let parent = "name: parent\nsteps:\n  below: { task: small }\n"

    /// Asked three times, so that the later ones may be kept.
    private func get(_ world: World, _ target: String) async throws -> JSON {
        let answers = [
            try await world.send(.get, target), try await world.send(.get, target), try await world.send(.get, target),
        ]
        #expect(answers[1].body == answers[0].body)
        #expect(answers[2].body == answers[0].body)
        #expect(answers[2].headers == answers[0].headers)
        #expect(answers.allSatisfy { $0.status == 200 }, "\(answers[0].text)")
        return try answers[2].json()
    }

    private func label(_ world: World, _ task: Int64, _ name: String) async throws {
        let body: JSON = ["name": .string(name)]
        let answer = try await world.send(
            .patch, "/api/tasks/\(task)", headers: ["Content-Type": "application/json"], body: body.bytes)
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test(arguments: World.Transport.allCases)
    func `Another name is in every answer about the task`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let task = try await world.run(SamplePlan.small)
            let id = try #require(try await get(world, "/api/tasks/\(task)")["id"]?.stringValue)
            for name in ["One", "Two", "Three"] {
                try await label(world, task, name)
                for reference in ["\(task)", "%23\(task)", id] {
                    #expect(try await get(world, "/api/tasks/\(reference)")["name"]?.stringValue == name)
                }
                #expect(try await get(world, "/api/tasks?size=5")["tasks"]?[0]?["name"]?.stringValue == name)
                #expect(try await get(world, "/api/tasks?search=\(name)")["total"] == 1)
            }
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A new task is on the list, and what was not there is found`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            for count in 1...3 as ClosedRange<Int64> {
                #expect(try await world.send(.get, "/api/tasks/\(count)").status == 404)
                let task = try await world.run(SamplePlan.small)
                #expect(try await get(world, "/api/tasks")["total"]?.intValue == count)
                #expect(try await get(world, "/api/tasks?status=completed")["tasks"]?[0]?["number"]?.intValue == task)
                #expect(try await get(world, "/api/tasks/\(count)")["status"] == "completed")
            }
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A deleted task is gone at once, also from what is told above it`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            try await world.runtime.save(try PlanReader.read(PlanSource(path: "plan.yaml", text: SamplePlan.small)))
            let parent = try await world.run(Self.parent)
            let told = try await get(world, "/api/tasks/\(parent)")
            let child = try #require(told["children"]?[0]?["number"]?.intValue, "\(told)")
            #expect(try await get(world, "/api/tasks/\(child)")["parent"]?["task"]?.intValue == parent)
            try await label(world, child, "Below")
            #expect(try await get(world, "/api/tasks/\(parent)")["children"]?[0]?["name"] == "Below")
            let target = "/api/tasks/\(child)"
            #expect(try await world.send(.delete, target).status < 300)
            #expect(try await world.send(.get, target).status == 410)
            // Somebody who saw it before deletes it as well.
            let error = await #expect(throws: SignalboxError.self) {
                try await world.runtime.delete(TaskNumber(rawValue: child), by: "ada")
            }
            #expect(error?.code == .gone)
            #expect(try await get(world, "/api/tasks/\(parent)")["children"] == [])
            #expect(try await get(world, "/api/tasks")["total"] == 1)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A repetition is told with what it repeats`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let task = try await world.run(SamplePlan.small)
            #expect(try await get(world, "/api/tasks/\(task)")["reruns"] == [])
            let answer = try await world.post("/api/tasks/\(task)/rerun", [:])
            let rerun = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
            let first = try await world.send(.get, "/api/tasks/\(task)").json()["reruns"]
            #expect(first?[0]?["number"]?.intValue == rerun)
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: rerun))
            #expect(try await get(world, "/api/tasks/\(task)")["reruns"]?[0]?["status"] == "completed")
        }
    }

    @Test(arguments: ["/api/tasks/1", "/api/tasks", "/api/tasks?sort=duration"])
    func `The time of what is at work goes on`(target: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/tasks", ["plan": ["text": .string(SamplePlan.endless)]])
            #expect(answer.status == 201)
            func active() async throws -> Int64? {
                let told = try await world.send(.get, target).json()
                return (told["tasks"]?[0] ?? told)["active_ms"]?.intValue
            }
            // Asked without a pause until the clock shows another millisecond.
            let first = try #require(try await active())
            while try await active() == first { try Task.checkCancellation() }
            _ = try await world.post("/api/tasks/1/kill", [:])
        }
    }

    @Test func `HEAD has the headers of what was kept for GET`() async throws {
        try await World.with(.live) { world in
            let task = try await world.run(SamplePlan.small)
            for target in ["/api/tasks/\(task)", "/api/tasks"] {
                _ = try await get(world, target)
                let get = try await world.send(.get, target)
                let head = try await world.send(.head, target)
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                #expect(head.headers == get.headers)
            }
        }
    }

    @Test func `What is wrong with a request is said of one whose answer is kept as well`() async throws {
        try await World.with(.live) { world in
            _ = try await world.run(SamplePlan.small)
            _ = try await get(world, "/api/tasks?size=5")
            #expect(try await world.send(.get, "/api/tasks?size=5&colour=red").status == 422)
            #expect(try await world.send(.get, "/api/tasks?size=5&size=5").status == 422)
            _ = try await get(world, "/api/tasks/1")
            #expect(try await world.send(.get, "/api/tasks/1?size=5").status == 422)
            #expect(try await world.send(.put, "/api/tasks/1").status == 405)
        }
    }
}
