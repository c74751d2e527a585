import Core
import HTTPServer
import Runtime
import Testing

/// The library of plans over the API: versions, which of them runs, and what is archived.
@Suite(.timeLimit(.minutes(1)))
struct PlanTests {
    /// A plan that says the text.
    static func text(saying text: String) -> String {
        "name: small\ndescription: Says \(text).\nsteps:\n  a:\n    set: {b: \(text)}\noutputs:\n  b: ${{ steps.a.output.b }}\n"
    }

    private func save(
        _ text: String, _ world: World, headers: [String: String] = [:], _ more: JSONObject = [:]
    ) async throws -> World.Answer {
        var body = more
        body["text"] = .string(Self.text(saying: text))
        return try await world.post("/api/plans", .object(body), headers: headers)
    }

    private func hash(_ answer: World.Answer) throws -> String {
        try #require(try answer.json()["hash"]?.stringValue, "\(answer.text)")
    }

    private func said(_ world: World) async throws -> JSON? {
        let answer = try await world.post("/api/tasks", ["plan": "small"])
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
        return try await world.send(.get, "/api/tasks/\(number)").json()["outputs"]?["b"]
    }

    @Test(arguments: World.Transport.allCases)
    func `Versions are saved with author and note, and the same text is no new one`(
        transport: World.Transport
    ) async throws {
        try await World.with(transport) { world in
            let first = try await save("one", world, ["author": "Ada", "note": "The first."])
            #expect(first.status == 201)
            let again = try await save("one", world, ["author": "Ada", "note": "The first."])
            #expect(again.status == 200)
            #expect(try again.json()["author"] == "Ada")
            #expect(try first.json()["outcome"] == "new" && again.json()["outcome"] == "unchanged")
            let second = try await save("two", world)
            #expect(try second.json()["author"] == .string(world.runtime.configuration.user))
            let versions = try await world.send(.get, "/api/plans/small/versions").json()
            #expect(versions["total"] == 2)
            #expect(
                versions["versions"]?.arrayValue?.map { $0["hash"]?.stringValue }
                    == [try hash(second), try hash(first)])
            #expect(versions["versions"]?.arrayValue?.last?["note"] == "The first.")
            let page = try await world.send(.get, "/api/plans/small/versions?page=2&size=1").json()
            #expect(page["versions"]?.arrayValue?.map { $0["hash"]?.stringValue } == [try hash(first)])
            // An old version that is saved again is the latest.
            let old = try await save("one", world)
            #expect(try old.status == 200 && old.json()["outcome"] == "latest_again")
            let latest = try await world.send(.get, "/api/plans/small").json()
            #expect(latest["hash"]?.stringValue == (try hash(first)) && latest["note"] == "The first.")
            #expect(latest["author"] == "Ada", "nobody has said anything else")
            #expect(try await world.send(.get, "/api/plans/small/versions").json()["total"] == 2)
            // Something else is said of it, once it is another one's turn.
            _ = try await save("two", world)
            let back = try await save("one", world, ["note": "Back again."]).json()
            #expect(back["note"] == "Back again.")
            #expect(back["author"] == .string(world.runtime.configuration.user), "Ada has not said that")
            // Whoever saves it in a name of his own does not speak in that of another.
            _ = try await save("two", world)
            let others = try await save("one", world, ["author": "Zoë"]).json()
            #expect(others["author"] == "Zoë" && others["note"] == nil)
            // Each time has its own author and note, and none of them is lost.
            let history = try await world.send(.get, "/api/plans/small/versions?size=1").json()["versions"]?[0]
            #expect(history?["hash"]?.stringValue == (try hash(first)))
            let savings = history?["savings"]?.arrayValue ?? []
            let user = JSON.string(world.runtime.configuration.user)
            #expect(savings.map { $0["author"] } == ["Zoë", user, user, "Ada"])
            #expect(savings.map { $0["note"] } == [nil, "Back again.", nil, "The first."])
            let noted = try await save("one", world, ["author": "Zoë", "note": "No news."])
            #expect(try noted.status == 200 && noted.json()["outcome"] == "latest_again")
            #expect(try noted.json()["note"] == "No news.")
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A plan is saved as YAML, as text in JSON, or as JSON`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let yaml = try await world.send(
                .post, "/api/plans?author=Ada&note=News&path=small.yaml",
                headers: ["Content-Type": "application/yaml"], body: Array(Self.text(saying: "one").utf8))
            #expect(yaml.status == 201, "\(yaml.text)")
            #expect(try yaml.json()["path"] == "small.yaml")
            #expect(try yaml.json()["note"] == "News")
            let detail = try await world.send(.get, "/api/plans/small").json()
            #expect(detail["text"]?.stringValue == Self.text(saying: "one"))
            let document = try #require(detail["document"])
            #expect(document["steps"]?["a"]?["set"] == ["b": "one"])
            #expect(try await save("one", world).status == 200)
            let json = try await world.post("/api/plans", ["plan": document])
            #expect(json.status == 201, "\(json.text)")
            #expect(try await world.send(.get, "/api/plans/small").json()["document"] == document)
            for (body, pointer): (JSON, String) in [
                ([:], "/text"), (["text": "name: x", "plan": [:]], "/plan"),
                (["text": "name: x", "files": ["a": 1]], "/files"),
            ] {
                let refused = try await world.post("/api/plans", body)
                #expect(refused.status == 422)
                #expect(try refused.json()["errors"]?.arrayValue?.first?["pointer"]?.stringValue == pointer)
            }
            let other = try await world.send(
                .post, "/api/plans", headers: ["Content-Type": "application/octet-stream"], body: [0x61])
            #expect(other.status == 415)
            let broken = try await world.send(
                .post, "/api/plans", headers: ["Content-Type": "application/yaml"], body: [0xFF])
            #expect(broken.status == 422)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A plan is saved only over the version that was seen`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            #expect(try await save("one", world, headers: ["If-Match": "*"]).status == 412)
            let first = try await save("one", world)
            let tag = try #require(first.headers["ETag"])
            let detail = try await world.send(.get, "/api/plans/small")
            let seen = try #require(detail.headers["ETag"])
            #expect(try await save("two", world, headers: ["If-Match": seen]).status == 201)
            for condition in [tag, seen, "\"x\"", "\"\""] {
                let refused = try await save("three", world, headers: ["If-Match": condition])
                #expect(refused.status == 412, "\(condition)")
                #expect(try refused.json()["code"] == "precondition_failed")
            }
            for verb in ["publish", "unpublish", "archive", "restore"] {
                let refused = try await world.post("/api/plans/small/\(verb)", [:], headers: ["If-Match": tag])
                #expect(refused.status == 412, "\(verb)")
            }
            #expect(try await world.send(.get, "/api/plans/small/versions").json()["total"] == 2)
        }
    }

    @Test func `Of two that have seen the same version, one wins`() async throws {
        try await World.with(.inProcess) { world in
            let tag = try #require(try await save("one", world).headers["ETag"])
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for place in 0..<8 {
                    group.addTask { try await save("n\(place)", world, headers: ["If-Match": tag]).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 412, 412, 412, 412, 412, 412, 412])
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Of two that publish what both have seen, one wins`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let first = try hash(try await save("one", world))
            let saved = try await save("two", world)
            let seen = try #require(try await world.send(.get, "/api/plans/small").headers["ETag"])
            let mine = try await world.post("/api/plans/small/publish", [:], headers: ["If-Match": seen])
            #expect(mine.status == 200)
            for tag in [seen, try #require(saved.headers["ETag"])] {
                let theirs = try await world.post(
                    "/api/plans/small/publish", ["version": .string(first)], headers: ["If-Match": tag])
                #expect(theirs.status == 412 && theirs.text.contains("meanwhile"), "\(theirs.text)")
            }
            #expect(try await world.send(.get, "/api/plans/small").json()["published"] == (try saved.json()["hash"]))
            // The answer to the change has the tag for the next one; the hash alone stands for the content.
            let next = ["If-Match": try #require(mine.headers["ETag"])]
            #expect(try await world.post("/api/plans/small/archive", [:], headers: next).status == 200)
            #expect(try await world.post("/api/plans/small/restore", [:], headers: next).status == 412)
            let content = ["If-Match": "\"\(try hash(saved))\""]
            #expect(try await world.post("/api/plans/small/restore", [:], headers: content).status == 200)
        }
    }

    @Test func `What changes about a version is sent although the client has the version`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await save("one", world)
            let tag = try #require(try await world.send(.get, "/api/plans/small").headers["ETag"])
            let seen = ["If-None-Match": tag]
            #expect(try await world.send(.get, "/api/plans/small", headers: seen).status == 304)
            _ = try await world.post("/api/plans/small/publish", [:])
            let changed = try await world.send(.get, "/api/plans/small", headers: seen)
            #expect(changed.status == 200)
            #expect(try changed.json()["published"] == (try changed.json()["hash"]))
        }
    }

    @Test func `The published version runs, else the latest`() async throws {
        try await World.with(.inProcess) { world in
            let first = try hash(try await save("one", world))
            let second = try hash(try await save("two", world))
            #expect(try await said(world) == "two")
            let published = try await world.post(
                "/api/plans/small/publish", ["version": .string(String(first.prefix(8)))])
            #expect(try published.json()["current"]?.stringValue == first)
            #expect(try await said(world) == "one")
            _ = try await save("three", world)
            #expect(try await said(world) == "one")
            for (version, hash) in [("published", first), ("current", first), (String(second.prefix(10)), second)] {
                let plan = try await world.send(.get, "/api/plans/small?version=\(version)").json()
                #expect(plan["hash"]?.stringValue == hash)
            }
            _ = try await world.post("/api/plans/small/unpublish", [:])
            #expect(try await said(world) == "three")
            #expect(try await world.send(.get, "/api/plans/small?version=published").status == 404)
            #expect(try await world.send(.get, "/api/plans/small?version=ffffffff").status == 404)
            #expect(try await world.send(.get, "/api/plans/small?version=xyz").status == 422)
            #expect(try await world.post("/api/plans/small/publish", ["version": "xyz"]).status == 422)
            #expect(try await world.post("/api/plans/nobody/publish", [:]).status == 404)
        }
    }

    @Test func `As it is now means the version that runs`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await save("one", world)
            #expect(try await said(world) == "one")
            _ = try await save("two", world)
            _ = try await world.post("/api/plans/small/publish", [:])
            _ = try await save("three", world)
            let rerun = try await world.post("/api/tasks/1/rerun", ["plan": "as_it_is"])
            let number = try #require(try rerun.json()["number"]?.intValue, "\(rerun.text)")
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
            #expect(try await world.send(.get, "/api/tasks/\(number)").json()["outputs"] == ["b": "two"])
            _ = try await world.post("/api/plans/small/archive", [:])
            let refused = try await world.post("/api/tasks/1/rerun", ["plan": "as_it_is"])
            #expect(refused.status == 409)
            #expect(refused.text.contains("is archived"))
            #expect(try await world.post("/api/tasks/1/rerun", [:]).status == 201)
        }
    }

    @Test func `Two versions are compared as texts and in what they say`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await save("one", world)
            _ = try await world.post("/api/plans/small/publish", [:])
            _ = try await save("two", world)
            let difference = try await world.send(.get, "/api/plans/small/diff").json()
            #expect(difference["text"]?.stringValue?.contains("-    set: {b: one}\n+    set: {b: two}") == true)
            #expect(
                difference["differences"] == [
                    ["pointer": "/description", "a": "Says one.", "b": "Says two."],
                    ["pointer": "/steps/a/set/b", "a": "one", "b": "two"],
                ])
            let same = try await world.send(.get, "/api/plans/small/diff?from=latest").json()
            #expect(same["text"] == JSON.null)
            #expect(same["differences"] == [])
            #expect(try await world.send(.get, "/api/plans/small/diff?from=ffff").status == 404)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `An archived plan is hidden and does not run by its name`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            _ = try await save("one", world)
            #expect(try await said(world) == "one")
            let archived = try await world.post("/api/plans/small/archive", [:])
            #expect(archived.status == 200)
            let since = try archived.json()["archived"]
            #expect(since != nil)
            #expect(try await world.post("/api/plans/small/archive", [:]).json()["archived"] == since)
            #expect(try await world.send(.get, "/api/plans").json() == ["plans": [], "total": 0])
            #expect(try await world.send(.get, "/api/plans?archived=true").json()["total"] == 1)
            #expect(try await world.send(.get, "/api/plans/small").json()["archived"] == since)
            let refused = try await world.post("/api/tasks", ["plan": "small"])
            #expect(refused.status == 409)
            #expect(refused.text.contains("The plan \\\"small\\\" is archived."), "\(refused.text)")
            #expect(try await world.send(.get, "/api/tasks/1").json()["outputs"] == ["b": "one"])
            #expect(try await world.post("/api/plans/small/publish", [:]).status == 409)
            #expect(try await world.post("/api/plans/small/restore", [:]).status == 200)
            #expect(try await said(world) == "one")
            // Saving brings it back, too, though it is no new version.
            _ = try await world.post("/api/plans/small/archive", [:])
            #expect(try await save("one", world).status == 200)
            #expect(try await world.send(.get, "/api/plans").json()["total"] == 1)
        }
    }

    @Test func `A step that runs an archived plan fails and says why`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await save("one", world)
            _ = try await world.post("/api/plans/small/archive", [:])
            let task = try await world.run("name: outer\nsteps:\n  a: {task: small}\n")
            let detail = try await world.send(.get, "/api/tasks/\(task)").json()
            #expect(detail["status"] == "failed")
            #expect(detail["sentence"]?.stringValue?.contains("The plan \"small\" is archived.") == true)
        }
    }

    @Test func `Nothing of the library can be called like the address of the editor`() async throws {
        try await World.with(.inProcess) { world in
            let text = SamplePlan.small.replacing("name: small", with: "name: new")
            let plan = try await world.post("/api/plans", ["text": .string(text)])
            let agent = try await world.post("/api/agents", LibraryTests.document(saying: "one", name: "new"))
            for (answer, kind) in [(plan, "plan"), (agent, "agent")] {
                #expect(answer.status == 422)
                #expect(answer.text.contains("No \(kind) of the library can be called"))
            }
            #expect(try await world.send(.get, "/api/plans").json()["total"] == 0)
            #expect(try await world.send(.get, "/api/agents").json()["total"] == 0)
        }
    }

    @Test func `Lists are searched and paged`() async throws {
        try await World.with(.inProcess) { world in
            for name in ["alpha", "beta", "gamma"] {
                let text = SamplePlan.small.replacing("name: small", with: "name: \(name)\ndescription: Über \(name)")
                _ = try await world.post("/api/plans", ["text": .string(text)])
            }
            func names(_ query: String) async throws -> [String] {
                try await world.send(.get, "/api/plans?\(query)").json()["plans"]?.arrayValue?
                    .compactMap { $0["name"]?.stringValue } ?? []
            }
            #expect(try await names("search=ET") == ["beta"])
            #expect(try await names("search=%C3%BCber%20g") == ["gamma"])
            #expect(try await names("size=2") == ["alpha", "beta"])
            #expect(try await names("size=2&page=2") == ["gamma"])
            #expect(try await names("page=9") == [])
            #expect(try await world.send(.get, "/api/plans?size=2").json()["total"] == 3)
            let long = String(repeating: "x", count: Limits.searchTextLengthMaximum + 1)
            #expect(try await world.send(.get, "/api/plans?search=\(long)").status == 422)
            let note = String(repeating: "x", count: Limits.noteLengthMaximum + 1)
            #expect(try await save("one", world, ["note": .string(note)]).status == 422)
        }
    }
}
