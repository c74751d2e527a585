import Core
import HTTPServer
import Testing

/// Whoever sends a request with several mistakes learns of all of them at once.
@Suite(.timeLimit(.minutes(1)))
struct MistakesTests {
    private static let plan = """
        name: careful
        inputs: { count: integer, title: string }
        agents: { a: { model: script/a.yaml } }
        steps: { s: { agent: a, prompt: "${{ inputs.title }}" } }
        """

    private static let document: JSON = [
        "text": .string(plan), "files": ["a.yaml": "answers: [{ text: Hello. }]"],
    ]

    private func pointers(_ answer: World.Answer) throws -> [String] {
        try answer.json()["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue } ?? []
    }

    @Test(arguments: World.Transport.allCases)
    func `A new task is told all that is wrong with it`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let answer = try await world.post(
                "/api/tasks",
                [
                    "plan": Self.document, "inputs": ["count": "many", "tilte": "x"], "priority": 101,
                    "limits": ["tokens": 0], "name": "a\u{202E}b", "tags": ["fine", "", "b\u{200F}"],
                    "model": "nobody/m",
                    "files": [["name": "a.txt", "sha256": .string(String(repeating: "0", count: 64))]], "nmae": 1,
                ])
            #expect(answer.status == 422)
            let places = try pointers(answer)
            #expect(
                Set(places) == [
                    "/inputs/count", "/inputs/title", "/inputs/tilte", "/priority", "/limits/tokens", "/name",
                    "/tags/1",
                    "/tags/2", "/model", "/files/0", "/nmae",
                ], "\(answer.text)")
            #expect(places.count == Set(places).count)
            let detail = try answer.json()["detail"]?.stringValue
            #expect(detail?.hasPrefix("The request has 11 mistakes; the first: ") == true, "\(answer.text)")
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }

    @Test func `A single mistake keeps its code`() async throws {
        try await World.with(.inProcess) { world in
            let missing = try await world.post("/api/tasks", ["plan": "nowhere"])
            #expect(missing.status == 404)
            #expect(try pointers(missing) == ["/plan"])
            let both = try await world.post("/api/tasks", ["plan": "nowhere", "priority": "high"])
            #expect(both.status == 422)
            #expect(try pointers(both) == ["/priority", "/plan"])
            // What could not be read is told once.
            let misread = try await world.post("/api/tasks", ["plan": Self.document, "inputs": 7])
            #expect(try pointers(misread) == ["/inputs"])
        }
    }

    @Test func `A request that cannot be read is no repetition of another one`() async throws {
        try await World.with(.inProcess) { world in
            let key = ["Idempotency-Key": "k"]
            let plan: JSON = ["text": .string(SamplePlan.small)]
            #expect(try await world.post("/api/tasks", ["plan": plan], headers: key).status == 201)
            let other = try await world.post("/api/tasks", ["plan": plan, "priority": "high"], headers: key)
            #expect(other.status == 422)
        }
    }

    @Test func `Tags are kept once each`() async throws {
        try await World.with(.inProcess) { world in
            let plan: JSON = ["text": .string(SamplePlan.small)]
            let answer = try await world.post("/api/tasks", ["plan": plan, "tags": ["a", " a", "b", "a"]])
            #expect(answer.status == 201, "\(answer.text)")
            #expect(try answer.json()["tags"] == ["a", "b"])
            let change: JSON = ["tags": ["add": ["q"], "remove": [" q"]]]
            let refused = try await world.send(
                .patch, "/api/tasks/1", headers: ["Content-Type": "application/json"], body: change.bytes)
            #expect(refused.status == 422)
            #expect(try pointers(refused) == ["/tags/remove"])
        }
    }

    @Test(arguments: ["a\u{202E}b", "a\u{2066}b", "a\u{200E}", "a\u{9F}b", "a\nb", "a\tb"])
    func `What is not seen stands in no name`(name: String) async throws {
        try await World.with(.inProcess) { world in
            let task = try await world.run(SamplePlan.small)
            let json = ["Content-Type": "application/json"]
            for change: JSON in [["name": .string(name)], ["tags": [.string(name)]]] {
                let answer = try await world.send(
                    .patch, "/api/tasks/\(task)", headers: json, body: change.bytes)
                #expect(answer.status == 422, "\(answer.text)")
                #expect(try pointers(answer).count == 1)
            }
            // No client can send these in a path.
            guard name.utf8.allSatisfy({ $0 >= 0x20 }) else { return }
            let view = try await world.send(
                .put, "/api/views/\(Self.escaped(name))", headers: json, body: Array("{}".utf8))
            #expect((400...422).contains(view.status), "\(view.text)")
            #expect(try await world.send(.get, "/api/views").json()["views"] == [])
        }
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
