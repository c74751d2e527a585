import Core
import Testing

@testable import Commands

/// What the help shows by example can be typed.
@Suite(.timeLimit(.minutes(1)))
struct ExampleTests {
    @Test(arguments: VerbTable.syntaxes.map(\.words))
    func `each verb has examples that call it`(_ words: [String]) throws {
        let verb = try #require(VerbTable.syntaxes.first { $0.words == words })
        #expect(!verb.examples.isEmpty)
        for example in verb.examples {
            guard case .verb(let called) = try VerbTable.call(words + example.arguments) else {
                Issue.record("\(example.call(of: verb)) calls nothing")
                continue
            }
            #expect(type(of: called).syntax.words == words)
            #expect(!example.purpose.hasSuffix("."))
        }
        let help = Help.text(of: verb)
        for example in verb.examples {
            #expect(help.contains("  \(example.call(of: verb))\n      \(example.purpose)\n"))
        }
    }

    @Test func `no example stands twice`() {
        let calls = VerbTable.syntaxes.flatMap { verb in verb.examples.map { $0.call(of: verb) } }
        #expect(Set(calls).count == calls.count)
    }

    @Test func `arguments are quoted for a shell`() {
        let verb = VerbSyntax(words: ["do"], summary: "", examples: [])
        #expect(VerbExample(["a b", "it's", "--x"], "").call(of: verb) == "signalbox do 'a b' 'it'\\''s' --x")
    }
}
