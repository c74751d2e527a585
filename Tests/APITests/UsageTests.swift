import Core
import Engine
import HTTPServer
import Runtime
import Store
import Testing

/// What calls of models have used and cost, as the API tells it.
@Suite(.timeLimit(.minutes(1)))
struct UsageTests {
    private static let script = """
        answers: [{ text: Well., tokens: { input: 1000, cache_read: 500, output: 100, reasoning: 40 } }]
        """

    private func run(_ plan: String, _ world: World) async throws {
        let text = """
            name: \(plan)
            agents: { ann: { model: script/m.yaml }, bob: { model: script/m.yaml } }
            steps: { a: { agent: ann, prompt: Go. }, b: { agent: bob, prompt: Go. } }
            """
        let answer = try await world.post(
            "/api/tasks", ["plan": ["text": .string(text), "files": ["m.yaml": .string(Self.script)]]])
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        #expect(try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number)) == .completed)
    }

    @Test(arguments: World.Transport.allCases)
    func `Sums are told by what is asked for`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            for plan in ["first", "first", "second"] { try await run(plan, world) }
            let byPlan = try await world.send(.get, "/api/usage?by=plan").json()
            let groups = try #require(byPlan["groups"]?.arrayValue)
            #expect(groups.map { $0["plan"] } == ["first", "second"])
            #expect(groups.map { $0["model_calls"] } == [4, 2])
            #expect(
                groups[1]["tokens"] == [
                    "input": 2000, "cache_read": 1000, "cache_write": 0, "output": 200, "reasoning": 80, "total": 3200,
                ])
            #expect(groups[0]["cost"] == ["amount": "0.0062", "currency": "USD"])
            #expect(groups[0]["known_cost"] == groups[0]["cost"])
            #expect(groups[0]["unpriced_calls"] == 0)
            #expect(groups[0]["day"] == nil)
            #expect(byPlan["total"]?["cost"]?["amount"] == "0.0093")
            #expect(byPlan["count"] == 2)

            let fine = try await world.send(.get, "/api/usage?by=agent,model,plan&plan=first&size=1&page=2").json()
            #expect(fine["groups"]?.arrayValue?.count == 1)
            #expect(fine["groups"]?[0]?["agent"] == "bob")
            #expect(fine["groups"]?[0]?["model"] == "script/m.yaml")
            #expect(fine["count"] == 2)
            #expect(fine["total"]?["model_calls"] == 4)

            let days = try await world.send(.get, "/api/usage").json()
            #expect(days["by"] == ["day"])
            let day = try #require(days["groups"]?.arrayValue?.last?["day"]?.stringValue)
            #expect(Timestamp.now.rfc3339.hasPrefix(day) || days["count"] == 2)
            #expect(try await world.send(.get, "/api/usage?to=2020-01-01").json()["total"]?["model_calls"] == 0)
            #expect(try await world.send(.get, "/api/usage?from=2020-01-01").json()["total"]?["model_calls"] == 6)
        }
    }

    @Test func `What has no price is counted and not summed`() async throws {
        try await World.with(.inProcess) { world in
            let prices = #"{"name":"own","models":{"script/*":{"input":"1"}}}"#
            try FileSystem.writeAtomically(
                Array(prices.utf8), to: "\(world.runtime.configuration.directory.path)/prices.json")
            try await run("first", world)
            let total = try await world.send(.get, "/api/usage?by=model").json()["total"]
            #expect(total?["cost"] == .null)
            #expect(total?["known_cost"]?["amount"] == "0.00")
            #expect(total?["unpriced_calls"] == 2)
        }
    }

    @Test(arguments: [
        "by=", "by=week", "by=day,", "from=yesterday", "from=2026-11-02&to=2026-11-01", "from=2026-02-30",
        "to=2026-11-20T15:04:05Z", "size=1001", "page=0",
    ])
    func `What makes no sense is refused with a sentence`(query: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.send(.get, "/api/usage?" + query)
            #expect(answer.status == 422)
            #expect(try answer.json()["code"]?.stringValue == "invalid_input")
        }
    }
}
