import Core
import FakeModel
import Testing

/// Mistakes in scripts, each with its place.
@Suite(.timeLimit(.minutes(1)))
struct FakeScriptTests {
    @Test(arguments: [
        ("[]", "s.yaml:1:1: a script must be a mapping"),
        ("{}", "s.yaml:1:1: a script needs \"answers\", a list"),
        ("answers: []", "s.yaml:1:10: a script needs \"answers\", a list"),
        ("answers: [a]", "s.yaml:1:11: an answer must be a mapping"),
        ("answers: [{ when: true }]", "s.yaml:1:11: an answer needs something to say"),
        ("answers: [{ txt: a, text: b }]", "s.yaml:1:13: an answer has no key \"txt\""),
        ("answers: [{ text: [] }]", "s.yaml:1:19: \"text\" must be a text"),
        ("answers: [{ text: a, when: 1 + }]", "s.yaml:1:28: Not an expression"),
        (
            "answers: [{ text: a, when: sizee(tools) > 0 }]",
            "s.yaml:1:28: in \"sizee(tools) > 0\": there is no function"
        ),
        ("answers: [{ text: a, when: tool == 1 }]", "s.yaml:1:28: there is no variable \"tool\" in a script"),
        ("answers: [{ text: \"${{ promt }}\" }]", "s.yaml:1:19: there is no variable \"promt\" in a script"),
        ("answers: [{ text: a, delay: soon }]", "s.yaml:1:29: \"delay\" must be a duration"),
        ("answers: [{ text: a, tokens: { in: 5 } }]", "s.yaml:1:32: \"tokens\" has no key \"in\""),
        ("answers: [{ text: a, tokens: { output: 1, reasoning: 2 } }]", "s.yaml:1:30: \"reasoning\" is a part of"),
        ("answers: [{ status: 99 }]", "s.yaml:1:21: \"status\" must be a whole number from 200 to 599"),
        ("answers: [{ tool_calls: [{ arguments: {} }] }]", "s.yaml:1:26: a tool call needs \"name\""),
        ("answers: [{ text: a, stop: now }]", "s.yaml:1:28: \"stop\" must be one of end, tool_use, length"),
        ("answers: [{ text: a, cut_after_bytes: -1 }]", "s.yaml:1:39: \"cut_after_bytes\" must be a whole number"),
        ("answers: [{ text: a, error: no }]", "s.yaml:1:29: \"error\" must be a mapping"),
    ])
    func refuses(_ text: String, _ finding: String) throws {
        let error = #expect(throws: SignalboxError.self) { try FakeScript(parsing: text, path: "s.yaml") }
        #expect(error?.code == .invalidPlan)
        let first = try #require(error?.diagnostics.first)
        #expect("\(first.place): \(first.message)".hasPrefix(finding), "\(first.place): \(first.message)")
    }

    @Test func tellsAllMistakes() throws {
        let text = "answers:\n  - { text: a, repeat: 0 }\n  - { text: b, stop: x }\n"
        let error = #expect(throws: SignalboxError.self) { try FakeScript(parsing: text, path: "s.yaml") }
        #expect(error?.diagnostics.count == 2)
    }
}
