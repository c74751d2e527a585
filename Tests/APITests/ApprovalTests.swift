import Core
import Engine
import HTTPServer
import Runtime
import Testing

/// What people decide, over the API.
@Suite(.timeLimit(.minutes(1)))
struct ApprovalTests {
    private static let plan = """
        name: ask
        steps:
          sure:
            approval:
              title: Send them?
              proposal: { letters: 2 }
              by: [anna, ben]
              form: { type: object, required: [note], properties: { note: { type: string } } }
        outputs: { by: "${{ steps.sure.output.by }}" }
        """

    /// Starts the plan and returns when it asks.
    private func ask(_ world: World, _ plan: String = Self.plan) async throws -> JSON {
        _ = try await world.post("/api/tasks", ["plan": ["text": .string(plan)]])
        return try await world.send(.get, "/api/approvals").json()
    }

    private func pointers(_ answer: World.Answer) throws -> [String] {
        try answer.json()["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue } ?? []
    }

    @Test(arguments: World.Transport.allCases)
    func `A request is listed, shown in full and decided once`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let list = try await ask(world)
            #expect(list["total"] == 1)
            let row = try #require(list["approvals"]?[0])
            #expect(row["id"] == "1-1" && row["title"] == "Send them?" && row["task_name"] == "ask")
            #expect(row["deciders"] == ["anna", "ben"])
            let request = try await world.send(.get, "/api/approvals/1-1").json()
            #expect(request["proposal"] == ["letters": 2])
            #expect(request["verdicts"] == ["approve", "reject", "stop"])
            let task = try await world.send(.get, "/api/tasks/1").json()
            #expect(task["waits"]?[0]?["blocker"] == ["request": "1-1"])
            #expect(task["requests"]?[0]?["state"] == "open")
            #expect(task["cost"] == ["amount": "0.00", "currency": "USD"])
            let decided = try await world.post(
                "/api/approvals/1-1/decision",
                ["verdict": "approve", "edits": ["letters": 1], "values": ["note": "x"], "by": "ben"])
            #expect(decided.status == 200)
            #expect(try decided.json()["decision"]?["edits"] == ["letters": 1])
            let second = try await world.post("/api/approvals/1-1/decision", ["verdict": "stop", "by": "anna"])
            #expect(second.status == 409)
            #expect(try second.json()["detail"]?.stringValue?.contains("ben") == true)
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1))
            #expect(try await world.send(.get, "/api/tasks/1").json()["outputs"] == ["by": "ben"])
            #expect(try await world.send(.get, "/api/approvals").json()["total"] == 0)
            #expect(try await world.send(.get, "/api/approvals?state=all&task=1").json()["total"] == 1)
        }
    }

    static let refused: [(body: JSON, pointers: [String])] = [
        ([:], ["/verdict"]), (["verdict": "yes"], ["/verdict"]), (["verdict": "approve", "by": ""], ["/by"]),
        (["verdict": "approve", "by": "mallory"], ["/by"]), (["verdict": "retry", "by": "ben"], ["/verdict"]),
        (["verdict": "approve", "by": "ben"], ["/values/note"]),
        (["verdict": "approve", "by": "ben", "values": ["note": 3]], ["/values/note"]),
        (["verdict": "approve", "by": "ben", "values": ["note": "x"], "edits": ["letters": "1"]], ["/edits/letters"]),
        (["verdict": "approve", "by": "ben", "values": "x", "edit": 1], ["/values", "/edit"]),
        (["verdict": "reject", "by": "ben", "edits": ["letters": 1]], ["/edits"]),
    ]

    @Test(arguments: refused)
    func `A decision that does not fit is refused with its place`(body: JSON, expected: [String]) async throws {
        try await World.with(.inProcess) { world in
            _ = try await ask(world)
            let answer = try await world.post("/api/approvals/1-1/decision", body)
            #expect(answer.status == 422)
            #expect(try pointers(answer) == expected)
            #expect(try await world.send(.get, "/api/approvals").json()["total"] == 1)
        }
    }

    @Test func `The local user decides when nobody is named`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await ask(world, "name: ask\nsteps: { sure: { approval: Go on? } }\n")
            let decided = try await world.post("/api/approvals/1-1/decision", ["verdict": "reject"])
            #expect(try decided.json()["decided_by"]?.stringValue == LocalUser.name)
        }
    }

    @Test(arguments: ["1-2", "2-1", "x", "1-01"])
    func `There are no other requests`(id: String) async throws {
        try await World.with(.inProcess) { world in
            _ = try await ask(world)
            #expect(try await world.send(.get, "/api/approvals/\(id)").status == 404)
            #expect(try await world.post("/api/approvals/\(id)/decision", ["verdict": "stop"]).status == 404)
        }
    }

    @Test func `A signal is delivered or kept`() async throws {
        try await World.with(.inProcess) { world in
            let plan = "name: w\nsteps: { w: { wait: { signal: paid, key: '7' } } }\n"
            _ = try await world.post("/api/tasks", ["plan": ["text": .string(plan)]])
            let kept = try await world.post("/api/signals/paid", ["key": "8"])
            #expect(kept.status == 202)
            #expect(try kept.json() == ["kept": true])
            let got = try await world.post("/api/signals/paid", ["key": "7", "payload": [1]])
            #expect(try got.json() == ["delivered": true, "task": 1, "step": "w"])
            #expect(try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1)) == .completed)
            #expect(try await world.send(.post, "/api/signals/paid").status == 202)
        }
    }

    @Test func `A task is killed, and retried when it has failed`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await world.post("/api/tasks", ["plan": ["text": .string(SamplePlan.endless)]])
            #expect(try await world.send(.post, "/api/tasks/1/retry").status == 409)
            #expect(try await world.send(.post, "/api/tasks/1/kill").status == 202)
            #expect(try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1)) == .failed)
            #expect(try await world.send(.get, "/api/tasks/1").json()["cause"] == "killed")
            #expect(try await world.send(.post, "/api/tasks/1/kill").status == 409)
            #expect(try await world.send(.post, "/api/tasks/1/retry").status == 202)
            #expect(try await world.send(.post, "/api/tasks/1/kill").status == 202)
        }
    }

    @Test func `Steps are a tree in a list`() async throws {
        try await World.with(.inProcess) { world in
            let number = try await world.run(
                """
                name: tree
                steps:
                  each:
                    for_each: [1, 2]
                    steps:
                      route:
                        branch:
                          large: { when: item > 1, steps: { note: { set: { a: 1 } } } }
                          small: { when: item > 0, steps: { note: { set: { a: 0 } } } }
                """)
            let task = try await world.send(.get, "/api/tasks/\(number)").json()
            let steps = try #require(task["steps"]?.arrayValue)
            #expect(
                steps.compactMap { $0["path"]?.stringValue } == [
                    "each", "each/0", "each/0/route", "each/0/route/small", "each/0/route/small/note", "each/1",
                    "each/1/route", "each/1/route/large", "each/1/route/large/note",
                ])
            #expect(steps.compactMap { $0["depth"]?.intValue } == [0, 1, 2, 3, 4, 1, 2, 3, 4])
            #expect(steps[0]["iterations"] == ["total": 2, "finished": 2, "failed": 0, "hidden": 0])
            #expect(steps[0]["blocks"]?[0]?["steps"]?[0]?["kind"] == "branch")
            #expect(steps[2]["paths_not_taken"] == ["large"])
        }
    }
}
