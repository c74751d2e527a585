import Core
import HTTPServer
import Runtime
import Testing

/// Which models a plan would ask is found out when its task is given, not in the middle of it.
@Suite(.timeLimit(.minutes(1)))
struct ModelCheckTests {
    private func plan(_ agent: String) -> JSON {
        [
            "plan": [
                "text": .string(
                    "name: p\nagents: { a: { \(agent) } }\nsteps: { s: { agent: a, prompt: x } }\n"),
                "files": ["a.yaml": "answers: [{ text: done }]"],
            ]
        ]
    }

    @Test(arguments: [
        (
            "model: script/a.yaml, loop: { method: both, model: opnai/small }",
            "The agent \"a\" has a model watch for loops (loop.model) that cannot be asked. There is no provider \"opnai\""
        ),
        ("model: opnai/small", "There is no provider \"opnai\""),
    ])
    func `a model that cannot be asked is refused`(agent: String, expected: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/tasks", plan(agent))
            #expect(answer.status == 422 || answer.status == 400, "\(answer.status)")
            #expect(try answer.json()["detail"]?.stringValue?.hasPrefix(expected) == true, "\(answer.text)")
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }

    @Test(arguments: ["loop: { method: both, model: script/a.yaml }", "loop: { method: both }", "tools: [web_search]"])
    func `one that can be asked is taken`(agent: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/tasks", plan("model: script/a.yaml, " + agent))
            #expect(answer.status == 201, "\(answer.text)")
        }
    }
}
