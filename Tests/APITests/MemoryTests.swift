import Core
import HTTPServer
import Runtime
import Testing

/// What agents keep from one task to the next, over the API, with models that answer from files.
@Suite(.timeLimit(.minutes(1)))
struct MemoryTests {
    private static let keeping = """
        name: keeping
        agents: { clerk: { model: script/answers.yaml, tools: [remember, recall] } }
        steps: { work: { agent: clerk, prompt: Work. } }
        outputs: { text: "${{ steps.work.output }}" }
        """

    /// Runs a plan whose agent answers like that, and gives what it says in the end.
    private func ask(_ answers: String, in world: World) async throws -> String {
        let answer = try await world.post(
            "/api/tasks", ["plan": ["text": .string(Self.keeping), "files": ["answers.yaml": .string(answers)]]])
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
        let task = try await world.send(.get, "/api/tasks/\(number)").json()
        #expect(task["status"] == "completed", "\(task)")
        return try #require(task["outputs"]?["text"]?.stringValue)
    }

    private func remembering(_ entries: [(name: String, text: String)]) -> String {
        let calls = entries.map { entry in
            let arguments: JSON = ["name": .string(entry.name), "text": .string(entry.text)]
            return "      - { name: remember, arguments: \(arguments.text) }\n"
        }
        return "answers:\n  - when: turn == 1\n    tool_calls:\n\(calls.joined())  - text: '${{ results[0] }}'\n"
    }

    private func recalling(_ words: String) -> String {
        """
        answers:
          - when: turn == 1
            tool_calls: [{ name: recall, arguments: { words: "\(words)" } }]
          - text: '${{ results[0] }}'
        """
    }

    @Test(arguments: World.Transport.allCases)
    func `What one task keeps another finds, and people see and delete it`(
        transport: World.Transport
    ) async throws {
        try await World.with(transport) { world in
            #expect(try await ask(recalling("anything"), in: world).contains("Nothing was kept."))
            let kept = try await ask(
                remembering([
                    ("supplier/Höfer & Co", "Pays within 14 days."), ("tax", "19 percent, books 7 percent."),
                    ("greeting", "Says good morning."),
                ]), in: world)
            #expect(kept.contains("Kept as"))
            let found = try await ask(recalling("How many percent do books have?"), in: world)
            #expect(found.contains("tax (task #2): 19 percent, books 7 percent."))
            #expect(!found.contains("greeting"))

            let memory = try await world.send(.get, "/api/agents/keeping.clerk/memory").json()
            #expect(memory["agent"] == "keeping.clerk")
            let names = (memory["entries"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            #expect(Set(names) == ["supplier/Höfer & Co", "tax", "greeting"])
            #expect(memory["entries"]?.arrayValue?.allSatisfy { $0["task"] == 2 } == true)

            let entry = "/api/agents/keeping.clerk/memory/supplier%2FH%C3%B6fer%20%26%20Co"
            #expect(try await world.send(.delete, entry).status == 200)
            #expect(try await world.send(.delete, entry).status == 404)
            let rest = try await world.send(.get, "/api/agents/keeping.clerk/memory").json()
            #expect(rest["entries"]?.arrayValue?.count == 2)
            // Another agent has a memory of its own.
            #expect(try await world.send(.get, "/api/agents/Clerk/memory").json()["entries"] == [])
        }
    }

    @Test func `A name keeps one text, the latest`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await ask(remembering([("tax", "16 percent")]), in: world)
            _ = try await ask(remembering([("tax", "19 percent")]), in: world)
            let memory = try await world.send(.get, "/api/agents/keeping.clerk/memory").json()
            let entry = try #require(memory["entries"]?.arrayValue?.first)
            #expect(memory["entries"]?.arrayValue?.count == 1)
            #expect(entry["text"] == "19 percent")
            #expect(entry["task"] == 2)
        }
    }
}
