import Core
import FakeModel
import HTTPClient
import Testing

@testable import Commands

/// The yardstick of `bench agents`: the fake model's script, and what is read from its record.
@Suite(.timeLimit(.minutes(1)))
struct AgentBenchTests {
    @Test func everyTurnOfABareConversationIsSeen() async throws {
        let client = HTTPClient(userAgent: "test")
        let script = try FakeScript(parsing: AgentBench.script(), path: "bench.yaml")
        let gaps = try await FakeModelServer.serving(script) { server in
            try await BareExchange(address: server.address, client: client).converse("bare, agent 3 round 1")
            return try await TurnGaps(from: server.address, client)
        }
        let bare = gaps.sorted("bare")
        #expect(bare.count == AgentBench.turns - 1)
        #expect(bare.allSatisfy { $0 > 0 })
        #expect(gaps.sorted("agent").isEmpty)
    }

    @Test func theModelAsksForAToolUntilItsLastTurn() async throws {
        let client = HTTPClient(userAgent: "test")
        let script = try FakeScript(parsing: AgentBench.script(), path: "bench.yaml")
        let statuses = try await FakeModelServer.serving(script) { server in
            try await BareExchange(address: server.address, client: client).converse("agent 15 round 0")
            return server.requests.map(\.status)
        }
        #expect(statuses == Array(repeating: 200, count: AgentBench.turns))
    }
}
