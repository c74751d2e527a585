import Core
import HTTPServer
import Testing

/// The same value may be written in several ways.
@Suite(.timeLimit(.minutes(1)))
struct WrittenValueTests {
    private static let plan: JSON = [
        "text": "name: p\ninputs: { copies: { type: integer, required: true } }\nsteps: { a: { set: { b: 1 } } }"
    ]

    @Test func `A whole number may have a point`() async throws {
        try await World.with(.inProcess) { world in
            let made = try await world.send(
                .post, "/api/tasks", headers: ["Content-Type": "application/json"],
                body: Array(
                    #"{"plan":\#(Self.plan.text),"inputs":{"copies":2.0},"priority":2.0,"limits":{"turns":3e0}}"#.utf8))
            #expect(made.status == 201, "\(made.text)")
            let task = try await world.send(.get, "/api/tasks/1").json()
            #expect(task["priority"] == 2 && task["inputs"]?["copies"] == 2)
            #expect(task["limits"]?["turns"] == 3)
            let bulk: JSON = ["action": "delete", "tasks": [1.0], "dry_run": true]
            #expect(try await world.post("/api/tasks/bulk", bulk).status == 200)
        }
    }

    private static let wrong: [(member: String, value: JSON, told: String)] = [
        ("priority", 2.5, "\"priority\" must be a whole number from -100 to 100, not 2.5"),
        ("priority", "2", "\"priority\" must be a whole number from -100 to 100, not a string"),
        ("inputs", ["copies": 2.5], "the input \"copies\" must be an integer, not 2.5"),
        ("limits", ["turns": 0.5], "\"turns\" must be a whole number from 1 to 10,000, not 0.5"),
    ]

    @Test(arguments: wrong)
    func `What is no whole number is told with what it is`(member: String, value: JSON, told: String) async throws {
        try await World.with(.inProcess) { world in
            var body: JSONObject = ["plan": Self.plan, "inputs": ["copies": 1]]
            body[member] = value
            let refused = try await world.post("/api/tasks", .object(body))
            #expect(refused.status == 422)
            #expect(try refused.json()["errors"]?[0]?["detail"]?.stringValue == told, "\(refused.text)")
        }
    }

    @Test func `A hash may stand in capitals`() async throws {
        try await World.with(.inProcess) { world in
            let kept = try await world.send(
                .put, "/api/files?name=a.txt", headers: ["Content-Type": "text/plain"], body: Array("x".utf8))
            let hash = try #require(try kept.json()["sha256"]?.stringValue).uppercased()
            #expect(try await world.send(.get, "/api/files/\(hash)").text == "x")
            let file: JSON = ["name": "a.txt", "sha256": .string(hash)]
            let made = try await world.post(
                "/api/tasks", ["plan": Self.plan, "inputs": ["copies": 1], "files": [file]])
            #expect(made.status == 201, "\(made.text)")
            #expect(try await world.send(.get, "/api/tasks/1").text.contains(hash.lowercased()))
        }
    }
}
