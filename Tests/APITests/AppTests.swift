import Core
import HTTPServer
import Runtime
import Testing

/// Apps over the API: published, run, and archived.
@Suite(.timeLimit(.minutes(1)))
struct AppTests {
    private static let text = """
        name: letter
        description: Writes a letter.
        inputs: { to: string, copies: { type: integer, default: 1 }, attachment: { default: none } }
        steps:
          write: { set: { said: "${{ inputs.to }} ${{ inputs.copies }} ${{ inputs.attachment }} ${{ task.files.map(f, f.name) }}" } }
        outputs: { said: "${{ steps.write.output.said }}" }
        """

    private func publish(_ world: World, _ more: JSONObject = [:], headers: [String: String] = [:]) async throws
        -> World.Answer
    {
        _ = try await world.post("/api/plans", ["text": .string(Self.text)])
        var body: JSONObject = ["name": "send", "plan": "letter"]
        for member in more { body[member.name] = member.value }
        return try await world.post("/api/apps", .object(body), headers: headers)
    }

    private func run(
        _ world: World, _ parameters: JSON, headers: [String: String] = [:]
    ) async throws -> World.Answer {
        try await world.post("/api/apps/send/runs", ["parameters": parameters], headers: headers)
    }

    private func end(_ answer: World.Answer, _ world: World) async throws -> JSON {
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
        return try await world.send(.get, "/api/tasks/\(number)").json()
    }

    @Test(arguments: World.Transport.allCases)
    func `A task of an app says what it was made from`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let app = try await publish(world)
            #expect(app.status == 201, "\(app.text)")
            #expect(try app.json()["description"] == "Writes a letter.")
            #expect(try app.json()["parameters"]?.arrayValue?.count == 3)
            let made = try await run(world, ["to": "Ada"])
            #expect(made.status == 201)
            let task = try await end(made, world)
            #expect(task["source"] == "app")
            #expect(task["app"] == "send")
            #expect(task["plan"]?["name"] == "letter")
            #expect(task["outputs"] == ["said": "Ada 1 none []"])
            let name = try #require(task["number"]?.intValue)
            let rerun = try await end(try await world.post("/api/tasks/\(name)/rerun", [:]), world)
            #expect(rerun["app"] == "send")
            for plan in ["send", "letter"] {
                #expect(try await world.send(.get, "/api/tasks?plan=\(plan)").json()["total"] == 2)
            }
        }
    }

    @Test func `A file goes along, and its input has its name`() async throws {
        try await World.with(.inProcess) { world in
            let parameters: JSON = [
                ["name": "to"], ["name": "attachment", "type": "file"],
                ["name": "logo", "type": "file", "required": false],
            ]
            #expect(try await publish(world, ["parameters": parameters]).status == 201)
            let upload = try await world.send(
                .post, "/api/files?name=a.txt", headers: ["Content-Type": "application/octet-stream"], body: [0x61])
            let hash = try #require(try upload.json()["sha256"])
            let file: JSON = ["name": "a.txt", "sha256": hash]
            let task = try await end(try await run(world, ["to": "Ada", "attachment": file, "logo": file]), world)
            let names = try #require(task["files"]?.arrayValue?.compactMap { $0["name"]?.stringValue })
            #expect(names.count == 2 && names[0] == "a.txt" && names[1] != "a.txt")
            #expect(task["inputs"]?["attachment"] == "a.txt")
            let missing = String(repeating: "0", count: 64)
            let refused = try await run(
                world, ["to": "Ada", "attachment": ["name": "a.txt", "sha256": .string(missing)]])
            #expect(refused.status == 404)
        }
    }

    @Test func `Every mistake in the parameters is told with its place`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await publish(world)
            let refused = try await run(world, ["copies": "two", "attachment": 1, "other": 1])
            #expect(refused.status == 422)
            let pointers = try refused.json()["errors"]?.arrayValue?.map { $0["pointer"]?.stringValue }
            #expect(
                pointers == ["/parameters/to", "/parameters/copies", "/parameters/attachment", "/parameters/other"])
            let body = try await world.post("/api/apps/send/runs", ["inputs": [:], "parameters": 1])
            #expect(body.status == 422)
            #expect(try body.json()["errors"]?.arrayValue?.count == 2, "\(body.text)")
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `The same request with the same key makes one task`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            _ = try await publish(world)
            let key = ["Idempotency-Key": "k"]
            let first = try await run(world, ["to": "Ada", "copies": 2], headers: key)
            // What the app is by then does not matter.
            _ = try await publish(world, ["description": "Another one."])
            let again = try await run(world, ["copies": 2, "to": "Ada"], headers: key)
            #expect([first.status, again.status] == [201, 200])
            #expect(try first.json()["id"] == (try again.json()["id"]))
            #expect(try await run(world, ["to": "Zoë"], headers: key).status == 409)
        }
    }

    @Test(arguments: [["app"], ["plan"], ["app", "plan"]])
    func `A request that was accepted stays so when its app or plan is archived`(archived: [String]) async throws {
        try await World.with(.inProcess) { world in
            _ = try await publish(world)
            let key = ["Idempotency-Key": "k"]
            let first = try await run(world, ["to": "Ada"], headers: key)
            let targets = ["app": "/api/apps/send/archive", "plan": "/api/plans/letter/archive"]
            for what in archived {
                let target = try #require(targets[what])
                #expect(try await world.post(target, [:]).status == 200)
            }
            let again = try await run(world, ["to": "Ada"], headers: key)
            #expect([first.status, again.status] == [201, 200])
            #expect(try first.json()["id"] == (try again.json()["id"]))
            let other = try await run(world, ["to": "Zoë"], headers: key)
            #expect(other.status == 409)
            #expect(other.text.contains("Another request has used this Idempotency-Key"), "\(other.text)")
            let new = try await run(world, ["to": "Ada"], headers: ["Idempotency-Key": "l"])
            #expect(new.status == 409)
            #expect(new.text.contains("is archived"), "\(new.text)")
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 1)
        }
    }

    @Test func `An app keeps its version of the plan until it is published again`() async throws {
        try await World.with(.inProcess) { world in
            let tag = try #require(try await publish(world).headers["ETag"])
            let newer = Self.text.replacing("copies: { type: integer, default: 1 }", with: "copies: { default: 7 }")
            _ = try await world.post("/api/plans", ["text": .string(newer)])
            let kept = try await end(try await run(world, ["to": "Ada"]), world)
            #expect(kept["outputs"]?["said"]?.stringValue?.hasPrefix("Ada 1") == true)
            let body: JSON = ["name": "send", "plan": "letter"]
            #expect(try await world.post("/api/apps", body, headers: ["If-Match": "\"x\""]).status == 412)
            #expect(try await world.post("/api/apps", body, headers: ["If-Match": tag]).status == 201)
            #expect(try await world.post("/api/apps", body, headers: ["If-Match": tag]).status == 412)
            #expect(try await world.post("/api/apps", body).status == 200)
            let renewed = try await end(try await run(world, ["to": "Ada"]), world)
            #expect(renewed["outputs"]?["said"]?.stringValue?.hasPrefix("Ada 7") == true)
        }
    }

    @Test func `What is archived does not run`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await publish(world)
            #expect(try await world.post("/api/apps/send/archive", [:]).status == 200)
            #expect(try await run(world, ["to": "Ada"]).status == 409)
            #expect(try await world.send(.get, "/api/apps").json() == ["apps": [], "total": 0])
            #expect(try await world.send(.get, "/api/apps?archived=true&search=WRITES").json()["total"] == 1)
            // Publishing the same again brings it back.
            #expect(try await publish(world).status == 201)
            #expect(try await run(world, ["to": "Ada"]).status == 201)
            _ = try await world.post("/api/plans/letter/archive", [:])
            let refused = try await run(world, ["to": "Ada"])
            #expect(refused.status == 409)
            #expect(refused.text.contains("The plan \\\"letter\\\" is archived."))
            #expect(try await world.post("/api/apps", ["name": "x", "plan": "letter"]).status == 409)
        }
    }

    private static let mistaken: [(JSONObject, Int, String?)] = [
        (["name": "1 x"], 422, "/name"), (["plan": "nobody"], 404, nil), (["version": "ffff"], 404, nil),
        (["version": "?"], 422, "/version"), (["parameters": [1]], 422, "/parameters/0"),
        (["parameters": [["name": "to", "type": "word"]]], 422, "/parameters/0/type"),
        (["parameters": [["name": "to", "mandatory": true]]], 422, "/parameters/0/mandatory"),
        (["parameters": [["type": "text"]]], 422, "/parameters/0/name"),
        (["parameters": [["name": "to", "default": 1]]], 422, "/parameters/0/default"),
        (["description": 1], 422, "/description"),
    ]

    @Test(arguments: mistaken)
    func `A publication with a mistake is refused with its place`(
        members: JSONObject, status: Int, pointer: String?
    ) async throws {
        try await World.with(.inProcess) { world in
            let refused = try await publish(world, members)
            #expect(refused.status == status, "\(refused.text)")
            let errors = try refused.json()["errors"]?.arrayValue
            #expect(errors?.first?["pointer"]?.stringValue == pointer, "\(refused.text)")
            #expect(try await world.send(.get, "/api/apps").json()["total"] == 0)
            #expect(try await world.send(.get, "/api/apps/send").status == 404)
        }
    }
}
