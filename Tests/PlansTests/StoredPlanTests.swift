import Core
import Testing

@testable import Plans

/// A plan that an earlier version has accepted is read by later ones, whatever they would say about it now: the tasks that
/// run it must be shown, stopped and rebuilt.
@Suite(.timeLimit(.minutes(1)))
struct StoredPlanTests {
    @Test(
        "What is judged today is let be",
        arguments: [
            "steps: { a: { tool: list_files, arguments: { colour: red } } }",
            "steps: { a: { set: { n: 1 } } }\noutputs: { all: \"${{ steps.nowhere.output }}\" }",
            "steps: { a: { approval: { title: \" \" } } }",
            """
            agents: { w: { model: test/m, tools: [{ read_file: , consent: tool.nothing }] } }
            steps: { a: { agent: w, prompt: hi } }
            """,
            "steps: { a: { http: { url: \"ftp://example.com\" } } }",
        ])
    func isRead(text: String) throws {
        let source = PlanSource(path: "plan.yaml", text: "name: old\n\(text)\n")
        #expect(throws: SignalboxError.self) { try PlanReader.read(source) }
        let plan = try PlanReader.readStored(source)
        #expect(plan.name == "old" && plan.steps.first?.name == "a")
        #expect(plan.hash == source.hash)
    }

    @Test(
        "What cannot be read at all is still a mistake", arguments: ["steps: [", "steps: { a: { flies: true } }", ""])
    func isRefused(text: String) throws {
        #expect(throws: SignalboxError.self) {
            try PlanReader.readStored(PlanSource(path: "plan.yaml", text: "name: old\n\(text)\n"))
        }
    }
}
