import Core
import HTTPClient
import Plans
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// What is put aside for tools before they are made is what a model is then told of them.
@Suite(.timeLimit(.minutes(1)))
struct ToolReservationTests {
    @Test func builtInToolsComeToWhatIsReckonedWith() async throws {
        let text = """
            name: tools
            agents:
              w:
                model: test/m
                tools:
                  - read_file
                  - write_file
                  - list_files
                  - http: { hosts: ["*.example.org"], methods: [GET, POST, PUT, PATCH, DELETE] }
                  - command: { shell: true, network: true }
                  - ask_question
                  - create_task
                  - remember
                  - recall
            steps: { a: { agent: w, prompt: hi } }
            """
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        let agent = try #require(plan.agents.first)
        let bench = try await ToolBench()
        let servers = ToolServers(
            names: [], client: HTTPClient(userAgent: "Signalbox/test"),
            directory: bench.bench.directory.path + "/mcp", log: { _ in }
        ) { name in throw SignalboxError(.notFound, "There is no server \"\(name)\".") }
        let source = ToolSource(builtIn: bench.tools, servers: servers, memory: NoMemory())
        let toolbox = try await source.toolbox(of: agent, memory: "w")
        #expect(toolbox.declarations.count == agent.tools.count)
        for (grant, declaration) in zip(agent.tools, toolbox.declarations) {
            let told = declaration.json.bytes.count
            #expect(told <= grant.reservedBytes, "\(declaration.name): \(told) of \(grant.reservedBytes)")
            #expect(grant.reservedBytes - told < 400, "\(declaration.name): \(told) of \(grant.reservedBytes)")
        }
    }
}

private struct NoMemory: AgentMemory {
    func remember(_ text: String, as name: String, of agent: String, task: TaskNumber) async throws {}
    func recall(_ words: String, of agent: String, limit: Int) async throws -> [MemoryEntry] { [] }
}
