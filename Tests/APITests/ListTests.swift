import API
import Core
import Engine
import HTTPServer
import Runtime
import Testing

/// Lists of tasks as programs ask for them.
@Suite(.timeLimit(.minutes(1)))
struct ListTests {
    private func fill(_ world: World) async throws {
        let plan = "name: greet\ninputs: { who: string }\nsteps: { hello: { set: { text: \"${{ inputs.who }}\" } } }\n"
        let fails = "name: fails\nsteps: { no: { command: [\"false\"] } }\n"
        for (name, text, tag) in [("Ada", plan, "red"), ("Grace", plan, "blue"), ("Zoë", fails, "red")] {
            var body: JSONObject = ["plan": ["text": .string(text)], "name": .string(name), "tags": [.string(tag)]]
            if text == plan { body["inputs"] = ["who": .string("Dear \(name)")] }
            let answer = try await world.post("/api/tasks", .object(body))
            #expect(answer.status == 201, "\(answer.text)")
            let number = TaskNumber(rawValue: try #require(try answer.json()["number"]?.intValue))
            _ = try await world.runtime.waitForEnd(of: number)
        }
    }

    private func names(_ world: World, _ query: String) async throws -> [String] {
        let answer = try await world.send(.get, "/api/tasks?" + query)
        #expect(answer.status == 200, "\(query): \(answer.text)")
        let tasks = try answer.json()["tasks"]?.arrayValue ?? []
        #expect(try answer.json()["total"]?.intValue == Int64(tasks.count) || query.contains("size"))
        return tasks.compactMap { $0["name"]?.stringValue }
    }

    @Test(arguments: World.Transport.allCases)
    func `Each filter, order and page is taken`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            try await fill(world)
            for (query, expected) in [
                ("", ["Zoë", "Grace", "Ada"]), ("status=completed", ["Grace", "Ada"]),
                ("status=failed,cancelled", ["Zoë"]), ("group=finished", ["Grace", "Ada"]),
                ("cause=tool_error", ["Zoë"]),
                ("cause=timeout,tool_error", ["Zoë"]), ("trigger=api", ["Zoë", "Grace", "Ada"]), ("trigger=cli", []),
                ("waiting=timer", []), ("plan=greet&tag=red", ["Ada"]), ("model=default", []),
                ("tag=r%65d", ["Zoë", "Ada"]),
                ("from=2020-01-01&to=2020-01-02", []), ("from=2020-01-01&zone=Asia/Tokyo", ["Zoë", "Grace", "Ada"]),
                ("search=dear%20GR", ["Grace"]), ("search=%231", ["Ada"]), ("search=", ["Zoë", "Grace", "Ada"]),
                ("sort=name", ["Ada", "Grace", "Zoë"]), ("sort=created", ["Ada", "Grace", "Zoë"]),
                ("sort=-name&size=1&page=2", ["Grace"]), ("sort=cost&status=completed", ["Ada", "Grace"]),
            ] as [(String, [String])] {
                #expect(try await names(world, query) == expected, "\(query)")
            }
        }
    }

    @Test func `A cursor goes on where its part has ended`() async throws {
        try await World.with(.inProcess) { world in
            try await fill(world)
            var (found, query): ([String], String?) = ([], "size=1&sort=name")
            while let part = query {
                let answer = try await world.send(.get, "/api/tasks?" + part).json()
                found += (answer["tasks"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
                #expect(answer["total"]?.intValue == 3)
                #expect(answer["is_total_exact"]?.boolValue == true)
                query = answer["next"]?.stringValue.map { "size=1&sort=name&cursor=\($0)" }
            }
            #expect(found == ["Ada", "Grace", "Zoë"])
            let next = try await world.send(.get, "/api/tasks?size=1").json()["next"]?.stringValue
            let other = try await world.send(.get, "/api/tasks?size=1&tag=red&cursor=\(try #require(next))")
            #expect(other.status == 422)
        }
    }

    @Test(arguments: [
        "status=none", "status=", "group=all", "waiting=long", "cause=bad", "trigger=me", "from=yesterday",
        "to=2026-13-01",
        "zone=Mars/Base", "sort=colour", "sort=", "cursor=AAAA", "size=0", "size=101", "page=0", "colour=red",
    ])
    func `What makes no sense is refused with a sentence`(query: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.send(.get, "/api/tasks?" + query)
            #expect(answer.status == 422)
            #expect(try answer.json()["code"]?.stringValue == "invalid_input")
        }
    }

    @Test func `Counts say what lists would show`() async throws {
        try await World.with(.inProcess) { world in
            try await fill(world)
            let all = try await world.send(.get, "/api/stats").json()
            #expect(all["status"] == ["completed": 2, "failed": 1])
            #expect(all["plan"] == ["greet": 2, "fails": 1])
            #expect(all["tag"] == ["red": 2, "blue": 1])
            #expect(all["group"]?["finished"]?.intValue == 2)
            #expect(all["group"]?["running"]?.intValue == 0)
            let red = try await world.send(.get, "/api/stats?tag=red").json()
            #expect(red["plan"] == ["fails": 1, "greet": 1])
        }
    }
}
