import Core
import HTTPServer
import Runtime
import Testing

/// Settings, secrets and who is outside, as programs look after them.
@Suite(.timeLimit(.minutes(1)))
struct AdministrationTests {
    private func put(
        _ world: World, _ target: String, _ body: JSON, ifMatch: String? = nil
    ) async throws -> World.Answer {
        var headers = ["Content-Type": "application/json"]
        if let ifMatch { headers["If-Match"] = ifMatch }
        return try await world.send(.put, target, headers: headers, body: body.bytes)
    }

    private func file(_ world: World) throws -> String {
        let path = world.runtime.configuration.directory.path + "/signalbox.yaml"
        return String(decoding: try FileSystem.read(path), as: UTF8.self)
    }

    @Test func `All settings are told with their meaning, range, default and origin`() async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.send(.get, "/api/settings").json()
            let settings = answer["settings"]?.arrayValue ?? []
            #expect(settings.map { $0["name"]?.stringValue } == SettingTable.all.map(\.name))
            let turns = try #require(settings.first { $0["name"] == "turns" })
            #expect(turns["value"] == "50" && turns["default"] == "50" && turns["origin"] == "default")
            #expect(turns["type"] == "integer" && turns["minimum"] == 1)
            #expect(turns["variable"] == "SIGNALBOX_TURNS" && turns["restart_needed"] == false)
            #expect(turns["in_file"] == nil)
            let thinking = try #require(settings.first { $0["name"] == "thinking" })
            #expect(thinking["choices"]?.arrayValue?.contains("off") == true)
            #expect(settings.first { $0["name"] == "data" }?["writable"] == false)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `What is written stands in the file, and is in force after the next start`(
        transport: World.Transport
    ) async throws {
        try await World.with(transport) { world in
            let path = world.runtime.configuration.directory.path + "/signalbox.yaml"
            try FileSystem.writeAtomically(Array("# mine\ncost: 2.00 # dollars\n".utf8), to: path)
            let seen = try await world.send(.get, "/api/settings/cost")
            #expect(try seen.json()["in_file"] == "2.00")
            let answer = try await put(world, "/api/settings/cost", ["value": "3.5"], ifMatch: seen.headers["ETag"])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json()["in_file"] == "3.50")
            #expect(answer.headers["ETag"] != seen.headers["ETag"])
            #expect(try file(world) == "# mine\ncost: 3.50 # dollars\n")
            let refused = try await put(world, "/api/settings/cost", ["value": "4"], ifMatch: seen.headers["ETag"])
            #expect(refused.status == 412)
            _ = try await put(world, "/api/settings/retention.days", ["value": "forever"])
            #expect(try file(world).hasSuffix("retention:\n  days: forever\n"))
            _ = try await world.send(.delete, "/api/settings/retention.days")
            let removed = try await world.send(.delete, "/api/settings/cost")
            #expect(removed.status == 200, "\(removed.text)")
            #expect(try removed.json()["in_file"] == nil)
            #expect(try file(world) == "# mine\n")
            #expect(try await world.send(.delete, "/api/settings/cost").status == 200)
        }
    }

    @Test(
        arguments: [
            ("turns", ["value": 0], 422), ("turns", ["value": "many"], 422), ("turns", [:], 422),
            ("turns", ["v": 1], 422),
            ("nothing", ["value": 1], 404), ("data", ["value": "/tmp"], 422),
            ("default_model", ["value": "nowhere/x"], 422),
        ] as [(String, JSON, Int)])
    func `What is no setting or no value is not written`(name: String, body: JSON, status: Int) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await put(world, "/api/settings/\(name)", body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(!FileSystem.exists(world.runtime.configuration.directory.path + "/signalbox.yaml"))
        }
    }

    @Test func `A file with mistakes is said to have them, and not written`() async throws {
        try await World.with(.inProcess) { world in
            let path = world.runtime.configuration.directory.path + "/signalbox.yaml"
            try FileSystem.writeAtomically(Array("turns: [\n".utf8), to: path)
            for answer in [
                try await world.send(.get, "/api/settings"), try await put(world, "/api/settings/turns", ["value": 8]),
                try await world.send(.delete, "/api/settings/turns"),
            ] {
                #expect(try answer.json()["code"] == "invalid_configuration")
            }
            #expect(try file(world) == "turns: [\n")
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A secret goes in and never comes out`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let value = "sk-quite-secret-indeed"
            let new = try await put(world, "/api/secrets/PARTNER", ["value": .string(value)])
            #expect(new.status == 201, "\(new.text)")
            #expect(try new.json()["name"] == "PARTNER")
            let again = try await put(world, "/api/secrets/PARTNER", ["value": .string(value)])
            #expect(again.status == 200)
            let list = try await world.send(.get, "/api/secrets")
            #expect(try list.json()["secrets"]?.arrayValue?.map { $0["name"] } == ["PARTNER"])
            let tooLong = String(repeating: value, count: Limits.secretBytesMaximum / value.utf8.count + 1)
            let refusals = [
                try await put(world, "/api/secrets/NO-NAME", ["value": .string(value)]),
                try await put(world, "/api/secrets/X", ["value": .string(value), "more": .string(value)]),
                try await put(world, "/api/secrets/X", ["value": [.string(value)]]),
                try await put(world, "/api/secrets/X", ["value": .string(tooLong)]),
                try await put(world, "/api/secrets/X", ["value": "short"]),
                try await put(world, "/api/secrets/X", [:]),
            ]
            for answer in refusals { #expect([413, 422].contains(answer.status), "\(answer.text.prefix(200))") }
            for answer in [new, again, list] + refusals { #expect(!answer.text.contains("quite-secret")) }
            // It is found from then on, and hidden.
            let run = try await world.run(
                "name: uses\nsteps:\n  a: { command: [sh, -c, 'echo \"$K\"'], env: { K: \"${{ secrets.PARTNER }}\" } }\n"
            )
            let events = try await world.send(.get, "/api/tasks/\(run)/events").text
            #expect(events.contains("task_completed") && !events.contains("quite-secret"))
            #expect(try await world.send(.delete, "/api/secrets/PARTNER").status == 200)
            #expect(try await world.send(.delete, "/api/secrets/PARTNER").status == 404)
        }
    }

    @Test func `A provider that is not ready is said to be so, and one that there is not is not found`() async throws {
        try await World.with(.inProcess) { world in
            let list = try await world.send(.get, "/api/providers").json()
            let openAI = try #require(list["providers"]?.arrayValue?.first { $0["name"] == "openai" })
            #expect(openAI["base_url"] == "https://api.openai.com/v1" && openAI["configured"] == false)
            #expect(openAI["key"] == "the environment variable OPENAI_API_KEY")
            #expect(list["mcp_servers"] == [])
            #expect(try await world.post("/api/providers/nobody/test", [:]).status == 404)
            #expect(try await world.post("/api/providers/script/test", [:]).status == 404)
            #expect(try await world.post("/api/mcp_servers/nobody/test", [:]).status == 404)
            // Nothing says which model is meant.
            #expect(try await world.post("/api/providers/openai/test", [:]).status == 422)
        }
    }
}
