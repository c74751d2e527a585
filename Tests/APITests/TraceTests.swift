import Core
import Engine
import HTTPServer
import Runtime
import Store
import Testing

/// What an agent asked, did and was charged, as the API tells it.
@Suite(.timeLimit(.minutes(1)))
struct TraceTests {
    private static let plan = """
        name: traced
        agents:
          clerk: { model: script/clerk.yaml, system: Be brief., tools: [write_file, read_file] }
        steps: { look: { agent: clerk, prompt: Look around. } }
        outputs: { text: "${{ steps.look.output }}" }
        """
    private static let script = """
        answers:
          - when: turn == 1
            thinking: A file first.
            text: I write it.
            tool_calls:
              - name: write_file
                arguments: { path: one.txt, content: "1", reason: To have it., confidence: 0.75, alternatives: [two] }
            tokens: { input: 100, output: 30, reasoning: 10 }
          - when: turn == 2
            tool_calls: [{ name: read_file, arguments: { path: none.txt } }]
            tokens: { input: 40, cache_read: 100, output: 20 }
          - text: Done.
            tokens: { input: 50, cache_read: 140, output: 5 }
        """

    private func run(_ world: World, _ script: String = Self.script) async throws -> TaskNumber {
        let task: JSON = ["plan": ["text": .string(Self.plan), "files": ["clerk.yaml": .string(script)]]]
        let answer = try await world.post("/api/tasks", task)
        #expect(answer.status == 201, "\(answer.text)")
        let number = TaskNumber(rawValue: try #require(try answer.json()["number"]?.intValue))
        #expect(try await world.runtime.waitForEnd(of: number) == .completed)
        return number
    }

    @Test(arguments: World.Transport.allCases)
    func `Each turn is told in full`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let number = try await run(world)
            let trace = try await world.send(.get, "/api/tasks/\(number.rawValue)/runs/latest/turns").json()
            let turns = try #require(trace["turns"]?.arrayValue)
            #expect(turns.map { $0["number"] } == [1, 2, 3])
            #expect(turns.allSatisfy { $0["model"] == "script/clerk.yaml" })
            let first = turns[0]
            #expect(first["request"]?["system"]?.stringValue?.contains("Be brief.") == true)
            #expect(first["request"]?["tools"]?.arrayValue?.count == 2)
            #expect(first["response"]?["parts"]?[0]?["thinking"]?["text"] == "A file first.")
            #expect(first["tokens"]?["reasoning"] == 10)
            let call = try #require(first["tool_calls"]?[0])
            #expect(call["tool"] == "write_file")
            #expect(call["arguments"] == ["path": "one.txt", "content": "1"])
            #expect(call["reason"] == "To have it.")
            #expect(call["confidence"] == 0.75)
            #expect(call["alternatives"] == ["two"])
            #expect(call["error"] == false)
            #expect(call["started"]?.stringValue != nil && call["finished"]?.stringValue != nil)
            #expect(turns[1]["tool_calls"]?[0]?["error"] == true)
            // Later requests are whole again: the answer, the result and so on stand in them.
            #expect(turns.allSatisfy { $0["request"]?["whole"] == true })
            let roles = turns[2]["request"]?["messages"]?.arrayValue?.map { $0["role"]?.stringValue ?? "" }
            #expect(roles == ["user", "assistant", "user", "assistant", "user"])
            let one = try await world.send(.get, "/api/tasks/\(number.rawValue)/runs/1/turns?step=look&turn=2").json()
            #expect(one["turns"]?.arrayValue?.map { $0["number"] } == [2])
        }
    }

    @Test func `What is new in a request stands behind what the model knew`() async throws {
        try await World.with(.inProcess) { world in
            let number = try await run(world)
            let task = try #require(try await world.runtime.store.task(number))
            let trace = try await world.runtime.trace(of: StepPath(rawValue: "look"), in: task)
            let run = try #require(trace.runs.last)
            #expect(run.turns.map(run.knownMessages(of:)) == [0, 2, 4])
            let new = run.turns.map { $0.request.messages.dropFirst(run.knownMessages(of: $0)) }
            #expect(new.map(\.count) == [1, 1, 1])
            #expect(new[1].first?["parts"]?[0]?["tool_result"]?["name"] == "write_file")
            #expect(run.turn(2)?.number == 2 && run.turn(4) == nil)
        }
    }

    @Test func `Totals are the sums of the turns`() async throws {
        try await World.with(.inProcess) { world in
            let number = try await run(world)
            let trace = try await world.send(.get, "/api/tasks/\(number.rawValue)/runs/1/turns").json()
            let task = try await world.send(.get, "/api/tasks/\(number.rawValue)").json()
            let step = try #require(task["steps"]?[0])
            let sum = (trace["turns"]?.arrayValue ?? []).reduce(into: TokenUsage.zero) {
                $0 += TokenUsage($1["tokens"])
            }
            for place in [trace, task, step] {
                #expect(TokenUsage(place["tokens"]) == sum)
                #expect(place["model_calls"] == 3)
                #expect(place["tool_calls"] == 2)
                #expect(place["cost"] == trace["cost"])
            }
            let list = try await world.send(.get, "/api/tasks").json()
            #expect(TokenUsage(list["tasks"]?[0]?["tokens"]) == sum)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `What is known of an unknown cost is told wherever it is unknown`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            // Nobody prices what scripts keep in the cache for long.
            let script = Self.script.replacing("cache_read: 140,", with: "cache_read: 140, cache_write_1h: 7,")
            let number = try await run(world, script)
            let trace = try await world.send(.get, "/api/tasks/\(number.rawValue)/runs/1/turns").json()
            let task = try await world.send(.get, "/api/tasks/\(number.rawValue)").json()
            let listed = try await world.send(.get, "/api/tasks").json()["tasks"]?[0]
            let compared = try await world.send(
                .get, "/api/tasks/\(number.rawValue)/compare/\(number.rawValue)"
            ).json()
            let places = [trace, task, task["steps"]?[0], listed, compared["a"], compared["steps"]?[0]?["b"]]
            for place in places {
                #expect(place?["cost"] == .null)
                #expect(place?["known_cost"] == ["amount": "0.0004", "currency": "USD"])
            }
            let saved = try await world.post(
                "/api/plans", ["text": .string(Self.plan), "files": ["clerk.yaml": .string(script)]])
            #expect(saved.status == 201, "\(saved.text)")
            let parent = try await world.run("name: parent\nsteps: { part: { task: traced } }\n")
            let sum = try await world.send(.get, "/api/tasks/\(parent)").json()
            #expect(sum["cost"]?["amount"] == "0.00" && sum["known_cost"] == nil)
            #expect(sum["with_children"]?["cost"] == .null)
            #expect(sum["with_children"]?["known_cost"]?["amount"] == "0.0004")
        }
    }

    @Test(
        arguments: [
            ("runs/7/turns", 404), ("runs/x/turns", 404), ("runs/1/turns?step=none", 404),
            ("runs/1/turns?turn=9", 404), ("runs/1/turns?turn=zero", 422), ("runs/1/turns?stp=look", 422),
        ])
    func `What is not there is said so`(path: String, status: Int) async throws {
        try await World.with(.inProcess) { world in
            let number = try await run(world)
            let answer = try await world.send(.get, "/api/tasks/\(number.rawValue)/\(path)")
            #expect(answer.status == status, "\(answer.text)")
        }
    }
}
