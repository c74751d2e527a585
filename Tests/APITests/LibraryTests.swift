import Core
import HTTPServer
import Runtime
import Testing

/// The library of agents over the API: versions, and the tasks that run them.
@Suite(.timeLimit(.minutes(1)))
struct LibraryTests {
    private static let using = """
        name: using
        agents: { clerk: { library: clerk } }
        steps: { work: { agent: clerk, prompt: Work. } }
        outputs: { text: "${{ steps.work.output }}" }
        """

    /// An agent that says the text.
    static func document(saying text: String, name: String = "clerk") -> JSON {
        [
            "path": "clerk.yaml", "text": .string("name: \(name)\ndescription: Says it.\nmodel: script/answers.yaml\n"),
            "files": ["answers.yaml": .string("answers: [{ text: \(text) }]")],
        ]
    }

    private func outputs(of number: Int64, in world: World) async throws -> JSON? {
        try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
        return try await world.send(.get, "/api/tasks/\(number)").json()["outputs"]
    }

    @Test(arguments: World.Transport.allCases)
    func `Versions are saved, listed, shown and archived`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": []])
            #expect(try await world.send(.get, "/api/agents/clerk").status == 404)
            let first = try await world.post("/api/agents", Self.document(saying: "one"))
            #expect(first.status == 201)
            let hash = try #require(try first.json()["hash"]?.stringValue)
            _ = try await world.post("/api/agents", Self.document(saying: "two"))
            let list = try await world.send(.get, "/api/agents").json()["agents"]?.arrayValue ?? []
            #expect(list.count == 1)
            #expect(list.first?["description"] == "Says it.")
            #expect(list.first?["hash"]?.stringValue != hash)
            let latest = try await world.send(.get, "/api/agents/clerk").json()
            #expect(latest["files"] == ["answers.yaml": "answers: [{ text: two }]"])
            let old = try await world.send(.get, "/api/agents/clerk?version=\(hash)").json()
            #expect(old["files"] == ["answers.yaml": "answers: [{ text: one }]"])
            #expect(try await world.send(.get, "/api/agents/other?version=\(hash)").status == 404)
            let short = try await world.send(.get, "/api/agents/clerk?version=\(hash.prefix(8))").json()
            #expect(short["hash"]?.stringValue == hash)
            for version in [hash.prefix(3), "zzzzzzzz"] {
                #expect(try await world.send(.get, "/api/agents/clerk?version=\(version)").status == 404)
            }
            let versions = try await world.send(.get, "/api/agents/clerk/versions").json()["versions"]?.arrayValue
            #expect(versions?.map { $0["hash"]?.stringValue } == [list.first?["hash"]?.stringValue, hash])
            #expect(try await world.send(.get, "/api/agents/nobody/versions").status == 404)

            #expect(try await world.post("/api/agents/clerk/archive", [:]).status == 200)
            #expect(try await world.post("/api/agents/clerk/archive", [:]).status == 404)
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": []])
            #expect(try await world.send(.get, "/api/agents/clerk").status == 404)
            #expect(try await world.send(.get, "/api/agents/clerk?version=\(hash)").status == 200)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A document with mistakes is not saved`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            for path in ["/api/agents", "/api/agents/validate"] {
                let answer = try await world.post(path, ["text": "name: clerk\nmodle: a/b\ntools: [hammer]"])
                #expect(answer.status == 422)
                #expect(try answer.json()["errors"]?.arrayValue?.count == 2, "\(answer.text)")
            }
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": []])
        }
    }

    @Test func `A task keeps the version it runs, a rerun chooses`() async throws {
        try await World.with(.inProcess) { world in
            let unknown = try await world.post("/api/tasks", ["plan": ["text": .string(Self.using)]])
            #expect(unknown.status == 404)
            #expect(unknown.text.contains("There is no agent \\\"clerk\\\" in the library."))

            let first = try await world.post("/api/agents", Self.document(saying: "one"))
            let hash = try #require(try first.json()["hash"]?.stringValue)
            let task = try await world.run(Self.using)
            #expect(try await outputs(of: task, in: world) == ["text": "one"])
            _ = try await world.post("/api/agents", Self.document(saying: "two"))

            // As it was: the same version, whatever the library says now, even nothing.
            #expect(try await world.post("/api/agents/clerk/archive", [:]).status == 200)
            let asItWas = try await world.post("/api/tasks/\(task)/rerun", [:])
            #expect(asItWas.status == 201, "\(asItWas.text)")
            let second = try #require(try asItWas.json()["number"]?.intValue)
            #expect(try await outputs(of: second, in: world) == ["text": "one"])

            _ = try await world.post("/api/agents", Self.document(saying: "two"))
            let latest = try await world.run(Self.using)
            #expect(try await outputs(of: latest, in: world) == ["text": "two"])
            let pinned = try await world.run(Self.using.replacing("library: clerk", with: "library: clerk@\(hash)"))
            #expect(try await outputs(of: pinned, in: world) == ["text": "one"])
            let own = try await world.post(
                "/api/tasks",
                [
                    "plan": [
                        "text": .string(
                            Self.using.replacing("library: clerk", with: "library: clerk, model: script/own.yaml")),
                        "files": ["own.yaml": "answers: [{ text: three }]"],
                    ]
                ])
            let third = try #require(try own.json()["number"]?.intValue, "\(own.text)")
            #expect(try await outputs(of: third, in: world) == ["text": "three"])
        }
    }
}
