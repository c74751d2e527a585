import Core
import Testing

@testable import Plans

/// Which of its tools an agent's model means.
@Suite(.timeLimit(.minutes(1)))
struct GrantTests {
    private func agent(_ tools: String) throws -> AgentDefinition {
        let text = """
            name: p
            agents: { w: { model: test/m, tools: [\(tools)] } }
            steps: { work: { agent: w, prompt: Go. } }
            """
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        return try #require(plan.agent(named: "w"))
    }

    /// The name of one server may be how that of another begins.
    @Test(arguments: [
        ("a__b__see", true), ("a__see", false), ("a__bc", false),
    ])
    func `the longest name of a server is meant`(tool: String, isLonger: Bool) throws {
        for tools in ["{ mcp: a }, { mcp: a__b, consent: true }", "{ mcp: a__b, consent: true }, { mcp: a }"] {
            let grant = try #require(try agent(tools).grant(of: tool))
            guard case .mcp(let server, _) = grant.kind else {
                Issue.record("it is of a server")
                return
            }
            #expect(server == (isLonger ? "a__b" : "a"))
        }
    }

    @Test func `of what nobody offers there is nothing`() throws {
        #expect(try agent("{ mcp: a }, read_file").grant(of: "b__see") == nil)
        #expect(try agent("{ mcp: a }, read_file").grant(of: "read_file")?.name == "read_file")
    }
}
