import Core
import HTTPClient
import MCP
import Plans
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Servers that cannot be reached when a run begins.
@Suite(.timeLimit(.minutes(1)))
struct MissingServerTests {
    private func toolbox(_ transport: MCPServerSettings.Transport, isOptional: Bool) async throws -> Toolbox {
        let box = try await ToolBench()
        let servers = ToolServers(
            names: ["it"], client: HTTPClient(userAgent: "Signalbox/test"),
            directory: box.bench.directory.path + "/mcp", log: { _ in }
        ) { _ in MCPServerSettings(transport: transport) }
        var agent = AgentDefinition(name: "a", model: "lan/m", system: nil)
        agent.tools = [
            ToolGrant(.listFiles, place: .pointer("")),
            ToolGrant(.mcp(server: "it", only: nil), isOptional: isOptional, place: .pointer("")),
        ]
        return try await ToolSource(builtIn: box.tools, servers: servers, memory: nil).toolbox(of: agent, memory: "p.a")
    }

    @Test func `fail the run, and say what can be done`() async throws {
        let error = await #expect(throws: SignalboxError.self) {
            try await toolbox(.stdio(command: ["/nonexistent/server"]), isOptional: false)
        }
        let failure = Failure(.toolError, upstream: try #require(error))
        #expect(
            failure.message.contains(
                "The tools of the MCP server \"it\" cannot be listed: its program cannot be started"))
        #expect(failure.message.contains("optional: true"))
        #expect(!failure.isTransient)
    }

    @Test func `are tried again where nobody answers`() async throws {
        let error = await #expect(throws: SignalboxError.self) {
            try await toolbox(.http(url: "http://127.0.0.1:9/mcp"), isOptional: false)
        }
        #expect(Failure(.toolError, upstream: try #require(error)).isTransient)
        #expect(Failure(.toolError, upstream: SignalboxError(.upstream, "late", cause: MCPTimeout())).isTransient)
    }

    @Test func `are done without where the settings do not have them either`() async throws {
        let box = try await ToolBench()
        let servers = ToolServers(
            names: [], client: HTTPClient(userAgent: "Signalbox/test"),
            directory: box.bench.directory.path + "/mcp", log: { _ in }
        ) { _ in MCPServerSettings(transport: .stdio(command: ["/nonexistent/server"])) }
        let source = ToolSource(builtIn: box.tools, servers: servers, memory: nil)
        var agent = AgentDefinition(name: "a", model: "lan/m", system: nil)
        agent.tools = [ToolGrant(.mcp(server: "it", only: nil), isOptional: true, place: .pointer(""))]
        agent.consent = .tools(["it__any"])
        let toolbox = try await source.toolbox(of: agent, memory: "p.a")
        #expect(toolbox.unavailable.map(\.notice) == ["The tools of the MCP server it cannot be used now."])
        agent.tools[0].isOptional = false
        await #expect(throws: SignalboxError.self) { try await source.toolbox(of: agent, memory: "p.a") }
    }

    @Test func `are done without where the plan says so`() async throws {
        let toolbox = try await toolbox(.stdio(command: ["/nonexistent/server"]), isOptional: true)
        #expect(toolbox.declarations.map(\.name) == ["list_files"])
        #expect(toolbox.unavailable.map(\.notice) == ["The tools of the MCP server it cannot be used now."])
        #expect(toolbox.unavailable.first?.reason.contains("/nonexistent/server") == true)
    }
}
