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
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": [], "total": 0])
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

        }
    }

    @Test(arguments: World.Transport.allCases)
    func `An archived agent is hidden until it is brought back`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let first = try await world.post("/api/agents", Self.document(saying: "one"))
            let tag = try #require(first.headers["ETag"])
            let archived = try await world.post("/api/agents/clerk/archive", [:], headers: ["If-Match": tag])
            #expect(archived.status == 200)
            #expect(try archived.json()["archived"] == true)
            #expect(archived.headers["ETag"] != tag)
            #expect(try await world.post("/api/agents/clerk/archive", [:]).status == 200)
            #expect(try await world.post("/api/agents/nobody/archive", [:]).status == 404)
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": [], "total": 0])
            // Who looks after the library sees it all the same, and who has seen it before is told of the change.
            let shown = try await world.send(.get, "/api/agents/clerk", headers: ["If-None-Match": tag])
            #expect(shown.status == 200)
            #expect(try shown.json()["archived"] == true)
            let hidden = try await world.send(.get, "/api/agents?archived=true&search=SAYS").json()
            #expect(hidden["total"] == 1)
            #expect(hidden["agents"]?[0]?["archived"] == true)
            let task = try await world.post("/api/tasks", ["plan": ["text": .string(Self.using)]])
            #expect(task.status == 409)
            #expect(try task.json()["hint"]?.stringValue?.contains("signalbox agents archive --undo clerk") == true)

            let back = try await world.post("/api/agents/clerk/restore", [:])
            #expect(back.status == 200)
            #expect(back.headers["ETag"] == tag)
            #expect(try back.json()["archived"] == nil)
            #expect(try await world.send(.get, "/api/agents").json()["total"] == 1)
            #expect(try await outputs(of: world.run(Self.using), in: world) == ["text": "one"])
        }
    }

    @Test func `Agents are searched and paged, and their versions too`() async throws {
        try await World.with(.inProcess) { world in
            for name in ["clerk", "driver", "waiter"] {
                #expect(try await world.post("/api/agents", Self.document(saying: "one", name: name)).status == 201)
            }
            let page = try await world.send(.get, "/api/agents?size=2&page=2").json()
            #expect(page["total"] == 3)
            #expect(page["agents"]?.arrayValue?.map { $0["name"] } == ["waiter"])
            let found = try await world.send(.get, "/api/agents?search=RIV").json()
            #expect(found["total"] == 1 && found["agents"]?[0]?["name"] == "driver")
            let none = try await world.send(.get, "/api/agents?search=nothing").json()
            #expect(none == ["agents": [], "total": 0])

            guard case .object(var second) = Self.document(saying: "two") else { return }
            (second["author"], second["note"]) = ("Ada", "Says two.")
            #expect(try await world.post("/api/agents", .object(second)).status == 201)
            // The same again is no new version, and what else is said about it replaces nothing.
            #expect(try await world.post("/api/agents", .object(second)).json()["outcome"] == "unchanged")
            second["note"] = "Again."
            let noted = try await world.post("/api/agents", .object(second))
            #expect(try noted.status == 200 && noted.json()["outcome"] == "latest_again")
            let versions = try await world.send(.get, "/api/agents/clerk/versions?size=1").json()
            #expect(versions["total"] == 2)
            #expect(versions["versions"]?.arrayValue?.count == 1)
            let savings = versions["versions"]?[0]?["savings"]?.arrayValue ?? []
            #expect(savings.map { $0["author"] } == ["Ada", "Ada"])
            #expect(savings.map { $0["note"] } == ["Again.", "Says two."])
            #expect(savings.first?["saved"] == versions["versions"]?[0]?["saved"])
            (second["note"], second["author"]) = ("Says two.", "Ada")
            _ = try await world.post("/api/agents", .object(second))
            // An old version that is the latest again keeps what was said of it, or has another's author and note.
            _ = try await world.post("/api/agents", Self.document(saying: "one"))
            let back = try await world.post("/api/agents", Self.document(saying: "two")).json()
            #expect(back["author"] == "Ada" && back["note"] == "Says two." && back["outcome"] == "latest_again")
            // Its history says who did that, also once it was archived and brought back.
            for verb in ["archive", "restore"] {
                #expect(try await world.post("/api/agents/clerk/\(verb)", [:]).status == 200)
            }
            let history = try await world.send(.get, "/api/agents/clerk/versions?size=1").json()["versions"]?[0]
            let times = history?["savings"]?.arrayValue ?? []
            let user = JSON.string(world.runtime.configuration.user)
            #expect(times.map { $0["author"] } == [user, "Ada", "Ada", "Ada"])
            #expect(times.map { $0["note"] } == [nil, "Says two.", "Again.", "Says two."])
            _ = try await world.post("/api/agents", Self.document(saying: "one"))
            guard case .object(var other) = Self.document(saying: "two") else { return }
            other["author"] = "Zoë"
            let others = try await world.post("/api/agents", .object(other)).json()
            #expect(others["author"] == "Zoë" && others["note"] == nil)
        }
    }

    @Test func `Two versions of an agent are compared`() async throws {
        try await World.with(.inProcess) { world in
            let first = try await world.post("/api/agents", Self.document(saying: "one"))
            let hash = try #require(try first.json()["hash"]?.stringValue)
            let alone = try await world.send(.get, "/api/agents/clerk/diff").json()
            #expect(alone["text"] == .null && alone["differences"] == [])
            _ = try await world.post("/api/agents", Self.document(saying: "two"))
            for query in ["", "?from=\(hash.prefix(6))"] {
                let difference = try await world.send(.get, "/api/agents/clerk/diff\(query)").json()
                #expect(difference["from"]?["hash"]?.stringValue == hash)
                #expect(difference["text"]?.stringValue?.contains("-answers: [{ text: one }]") == true)
            }
            let same = try await world.send(.get, "/api/agents/clerk/diff?to=\(hash)&from=\(hash)").json()
            #expect(same["text"] == .null)
            #expect(try await world.send(.get, "/api/agents/nobody/diff").status == 404)
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
            #expect(try await world.send(.get, "/api/agents").json() == ["agents": [], "total": 0])
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
