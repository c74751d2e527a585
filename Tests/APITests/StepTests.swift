import Core
import HTTPServer
import Testing

/// The steps of a task by where they stand.
@Suite(.timeLimit(.minutes(1)))
struct StepTests {
    /// A loop of 120 iterations, of which those that 5 divides fail.
    private static let plan = """
        name: many
        steps:
          first: { set: { n: 120 } }
          each:
            needs: [first]
            for_each: \(Array(0..<120))
            on_item_error: continue
            steps:
              divide: { set: { n: "${{ 1 / (item % 5) }}" } }
              after: { needs: [divide], set: { n: 1 } }
          way:
            branch:
              large: { when: steps.first.output.n > 100, steps: { say: { set: { text: Many } } } }
              small: { when: steps.first.output.n > 0, steps: { say: { set: { text: Few } } } }
        """

    private func paths(_ answer: JSON) -> [String] {
        (answer["steps"]?.arrayValue ?? []).compactMap { $0["path"]?.stringValue }
    }

    @Test(arguments: World.Transport.allCases)
    func `A long loop is told page by page`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let number = try await world.run(Self.plan)
            let address = "/api/tasks/\(number)/steps"
            let root = try await world.send(.get, address).json()
            #expect(paths(root) == ["first", "each", "way"])
            #expect(root["total"] == 3 && root["next"] == nil && root["in"] == nil && root["task"] == .int(number))
            // As in the detail of the task, but for what was given and made.
            let detail = try await world.send(.get, "/api/tasks/\(number)").json()
            let steps = detail["steps"]?.arrayValue ?? []
            let whole = try #require(steps.first { $0["path"] == "first" })
            for name in ["kind", "status", "depth", "needs", "runs", "started", "ended", "duration_ms", "preview"] {
                #expect(whole[name] == root["steps"]?[0]?[name], "\(name)")
            }
            #expect(whole["output"] != nil && root["steps"]?[0]?["output"] == nil)

            var seen: [String] = []
            var after = ""
            while true {
                let page = try await world.send(.get, "\(address)?in=each&size=50\(after)").json()
                #expect(page["total"] == 120 && page["in"] == "each")
                seen += paths(page)
                guard let next = page["next"]?.stringValue else { break }
                after = "&after=\(next)"
            }
            #expect(seen == (0..<120).map { "each/\($0)" })
            let failed = try await world.send(.get, "\(address)?in=each&status=failed&after=each/50&size=2").json()
            #expect(paths(failed) == ["each/55", "each/60"])
            #expect(failed["total"] == 24 && failed["next"] == "each/60")
            #expect(failed["steps"]?[0]?["failure"]?["message"]?.stringValue?.isEmpty == false)
            let inner = try await world.send(.get, "\(address)?in=each/61").json()
            #expect(paths(inner) == ["each/61/divide", "each/61/after"])
            #expect(inner["steps"]?[0]?["depth"] == 2)
            #expect(
                paths(try await world.send(.get, "\(address)?in=each/60&status=failed").json()) == ["each/60/divide"])
            #expect(paths(try await world.send(.get, "\(address)?size=1&after=first").json()) == ["each"])
            #expect(paths(try await world.send(.get, "\(address)?in=way").json()) == ["way/large"])
            #expect(paths(try await world.send(.get, "\(address)?in=way/large").json()) == ["way/large/say"])
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `One step is told with its contents and its runs`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let number = try await world.run(Self.plan)
            let address = "/api/tasks/\(number)/steps"
            let detail = try await world.send(.get, "/api/tasks/\(number)").json()
            for path in ["first", "each/3/divide", "each/119", "way"] {
                let whole = try #require((detail["steps"]?.arrayValue ?? []).first { $0["path"] == .string(path) })
                let answer = try await world.send(.get, "\(address)/\(path)").json()
                #expect(answer["step"] == whole, "\(path)")
            }
            #expect(try await world.send(.get, "\(address)/way").json()["step"]?["paths_not_taken"] == ["small"])
            // The middle of a loop, of which the detail of the task does not tell; with slashes as a template has them.
            let middle = try await world.send(.get, "\(address)/each%2F60%2Fdivide").json()
            #expect(middle["step"]?["status"] == "failed")
            let run = try #require(middle["runs"]?[0])
            #expect(run["run"] == 1 && run["ending"] == "step_failed")
            #expect(run["failure"] == middle["step"]?["failure"])
            #expect(run["started"] == .null && run["ended"]?.stringValue != nil)
            #expect(try await world.send(.get, "\(address)/each/60").json()["runs"] == [])
            let working = try await world.run("name: works\nsteps: { go: { command: [sh, -c, exit 3] } }\n")
            let work = try await world.send(.get, "/api/tasks/\(working)/steps/go").json()
            #expect(work["step"]?["status"] == "failed")
            #expect(work["runs"]?.arrayValue?.count == 1 && work["runs"]?[0]?["run"] == 1)
            #expect(work["runs"]?[0]?["started"] == work["step"]?["started"])
            #expect(work["runs"]?[0]?["failure"] == work["step"]?["failure"])
        }
    }

    @Test(
        arguments: [
            ("?in=each/120", 404, "there are 120 iterations so far: each/0 to each/119"), ("?in=eech", 404, "each"),
            ("?in=each/3/dvide", 404, "divide"), ("?in=way/small", 404, "way/large"), ("?in=each/x/divide", 404, "120"),
            ("?in=first/1", 404, "nothing stands in it"), ("/none", 404, "first, each, way"), ("?in=", 404, "each"),
            ("?in=first", 422, "it is a `set` step"), ("?in=each&after=first", 422, "`next`"),
            ("?in=each&after=each/x", 422, "directly in"), ("?after=last", 422, "at the root"),
            ("?status=done", 422, "failed"), ("?size=0", 422, "size"), ("/first?in=each", 422, "in"),
        ])
    func `What is not there is said, with what is`(target: String, status: Int, words: String) async throws {
        try await World.with(.inProcess) { world in
            let number = try await world.run(Self.plan)
            let answer = try await world.send(.get, "/api/tasks/\(number)/steps\(target)")
            #expect(answer.status == status && answer.text.contains(words), "\(answer.text)")
        }
    }

    @Test func `What has not begun is listed too`() async throws {
        try await World.with(.inProcess) { world in
            let plan = """
                name: waits
                steps:
                  sure: { approval: { title: Sure? } }
                  each: { needs: [sure], for_each: [1, 2], steps: { one: { set: { n: 1 } } } }
                """
            let answer = try await world.post("/api/tasks", ["plan": ["text": .string(plan)]])
            let number = try #require(try answer.json()["number"]?.intValue)
            _ = try await world.openRequest(of: number)
            let root = try await world.send(.get, "/api/tasks/\(number)/steps").json()
            #expect((root["steps"]?.arrayValue ?? []).map { $0["status"] } == ["waiting", "queued"])
            #expect(root["steps"]?[0]?["waiting"]?["reason"] == "approval")
            let none = try await world.send(.get, "/api/tasks/\(number)/steps?in=each").json()
            #expect(none["steps"] == [] && none["total"] == 0)
            let missing = try await world.send(.get, "/api/tasks/\(number)/steps?in=each/0")
            #expect(missing.status == 404 && missing.text.contains("has not begun"))
        }
    }
}
