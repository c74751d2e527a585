import CEL
import Core
import Plans
import Testing

/// Mistakes in the files of script models, each with its place.
@Suite(.timeLimit(.minutes(1)))
struct ScriptReaderTests {
    @Test func readsAllFields() throws {
        let script = try ScriptReader.read(
            text:
                "answers:\n  - { when: true, text: 12, delay: 1m30s, tokens: { input: 0, output: 7 } }\n  - text: b\n",
            path: "s.yaml")
        let answer = try #require(script.answers.first)
        #expect(script.answers.count == 2)
        #expect(answer.delayMilliseconds == 90_000)
        #expect(answer.tokens == TokenUsage(input: 0, output: 7))
        #expect(answer.condition?.source == "true")
        #expect(answer.textPlace == .source(file: "s.yaml", line: 2, column: 25))
        #expect(script.answers[1].condition == nil)
    }

    @Test(arguments: [
        ("", "s.yaml:1:1: the document is empty"), ("[]", "s.yaml:1:1: a script must be a mapping"),
        ("answer: []", "s.yaml:1:1: a script has no key \"answer\""), ("{}", "s.yaml:1:1: a script needs \"answers\""),
        ("answers: []", "s.yaml:1:10: \"answers\" is empty"), ("answers: 1", "s.yaml:1:10: \"answers\" must be a list"),
        ("answers: [a]", "s.yaml:1:11: an answer must be a mapping"),
        ("answers: [{ when: true }]", "s.yaml:1:11: an answer needs \"text\""),
        ("answers: [{ text: [] }]", "s.yaml:1:19: \"text\" must be a text"),
        ("answers: [{ text: a, wen: true }]", "s.yaml:1:22: an answer has no key \"wen\""),
        ("answers: [{ text: a, when: }]", "s.yaml:1:28: \"when\" must be an expression"),
        ("answers: [{ text: a, when: 1 + }]", "s.yaml:1:31: Not an expression"),
        ("answers: [{ text: a, when: sizee(inputs) > 0 }]", "s.yaml:1:28: there is no function \"sizee\""),
        ("answers:\n  - text: ok\n    when: input.x > 0", "s.yaml:3:11: there is no variable \"input\" in a script"),
        ("answers:\n  - text: |\n      a ${{ thing }} b", "s.yaml:3:13: there is no variable \"thing\" in a script"),
        ("answers: [{ text: a, delay: soon }]", "s.yaml:1:29: \"delay\" is not a duration"),
        ("answers: [{ text: a, tokens: 5 }]", "s.yaml:1:30: \"tokens\" must be a mapping"),
        ("answers: [{ text: a, tokens: { input: 5 } }]", "s.yaml:1:30: \"tokens\" needs \"output\""),
        ("answers: [{ text: a, tokens: { input: -1, output: 1 } }]", "s.yaml:1:39: \"input\" must be a whole number"),
    ])
    func refuses(_ text: String, _ finding: String) throws {
        let error = #expect(throws: SignalboxError.self) { try ScriptReader.read(text: text, path: "s.yaml") }
        #expect(error?.code == .invalidPlan)
        let first = try #require(error?.diagnostics.first)
        #expect("\(first.place): \(first.message)".hasPrefix(finding), "\(first.place): \(first.message)")
    }
}
