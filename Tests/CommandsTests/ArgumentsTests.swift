import Core
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct ArgumentsTests {
    private static let tag = OptionSyntax.values("--tag", "TAG", "")
    private static let model = OptionSyntax.value("--model", "MODEL", "")
    private static let syntax = VerbSyntax(
        words: ["do"], summary: "", operands: .oneOrMore("FILE"), options: [tag, model, .json], examples: [])

    struct Example: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var operands: [String] = []
        var tags: [String] = []
        var model: String?
        var isJSON = false

        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(arguments: [
        Example(arguments: ["a"], operands: ["a"]),
        Example(arguments: ["a", "b"], operands: ["a", "b"]),
        Example(arguments: ["--json", "a"], operands: ["a"], isJSON: true),
        Example(arguments: ["a", "--json"], operands: ["a"], isJSON: true),
        Example(arguments: ["--model", "m", "a"], operands: ["a"], model: "m"),
        Example(arguments: ["--model=m=n", "a"], operands: ["a"], model: "m=n"),
        Example(arguments: ["--model=", "a"], operands: ["a"], model: ""),
        Example(arguments: ["--model", "--json", "a"], operands: ["a"], model: "--json"),
        Example(arguments: ["--tag", "x", "a", "--tag=y"], operands: ["a"], tags: ["x", "y"]),
        Example(arguments: ["--", "--json", "-x"], operands: ["--json", "-x"]),
        Example(arguments: ["-"], operands: ["-"]),
    ])
    func `are read in any order`(_ example: Example) throws {
        let parsed = try ParsedArguments(example.arguments, for: Self.syntax)
        #expect(parsed.operands == example.operands)
        #expect(parsed.all(Self.tag) == example.tags)
        #expect(parsed[Self.model] == example.model)
        #expect(parsed.has(.json) == example.isJSON)
    }

    @Test(arguments: [
        ([], "FILE is missing."),
        (["--json"], "FILE is missing."),
        (["a", "--model"], "--model needs a value: --model MODEL."),
        (["a", "--model", "m", "--model", "n"], "--model is given twice."),
        (["a", "--json=1"], "--json takes no value."),
        (["a", "--jsno"], "`signalbox do` has no option --jsno."),
        (["a", "-j"], "`signalbox do` has no option -j."),
    ])
    func `that are wrong are refused in a sentence`(_ arguments: [String], _ sentence: String) {
        let error = #expect(throws: SignalboxError.self) { try ParsedArguments(arguments, for: Self.syntax) }
        #expect(error?.message == sentence)
        #expect(error?.code == .invalidInput)
    }

    @Test(arguments: [
        (["run", "p.yaml"], "run"), (["tasks", "list"], "tasks list"), (["tasks", "show", "3"], "tasks show"),
        (["tasks", "watch", "3", "--json"], "tasks watch"), (["tasks", "cancel", "#3"], "tasks cancel"),
        (["plans", "validate", "a", "b"], "plans validate"), (["plans", "list"], "plans list"),
        (["serve", "--port", "0", "--plans", "a", "--plans", "b", "--demo", "c"], "serve"), (["version"], "version"),
        (["--version"], "version"), (["help", "tasks", "list"], "help"),
    ])
    func `call verbs`(_ arguments: [String], _ name: String) throws {
        guard case .verb(let verb) = try VerbTable.call(arguments) else {
            Issue.record("no verb is called")
            return
        }
        #expect(type(of: verb).syntax.name == name)
    }

    @Test(arguments: [
        (["task", "list"], "did you mean \"tasks list\"?"), (["taks", "shwo", "3"], "did you mean \"tasks show\"?"),
        (["taks", "3"], "did you mean \"tasks\"?"), (["tasks", "lst"], "did you mean \"tasks list\"?"),
        (["tasks", "shwo"], "did you mean \"tasks show\"?"), (["approval"], "did you mean \"approvals\"?"),
        (["approvals", "aprove", "7-1"], "did you mean \"approvals approve\"?"),
        (["rnu"], "did you mean \"run\"?"), (["run", "p", "--inptu", "a=b"], "did you mean \"--input\"?"),
    ])
    func `that are misspelt get a suggestion`(_ arguments: [String], _ hint: String) {
        let error = #expect(throws: SignalboxError.self) { _ = try VerbTable.call(arguments) }
        #expect(error?.hint == hint)
    }

    @Test func `a word that is a verb and begins others stands for both`() throws {
        guard case .verb(let own) = try VerbTable.call(["approvals", "--data", "d"]) else {
            Issue.record("it calls nothing")
            return
        }
        #expect(type(of: own).syntax.words == ["approvals"])
        #expect(VerbTable.verb(["approvals", "list"])?.syntax.words == ["approvals", "list"])
        #expect(VerbTable.verb(["approvals", "lits"]) == nil)
    }

    @Test(arguments: VerbTable.syntaxes.map(\.words))
    func `explain every verb`(_ words: [String]) throws {
        guard case .help(let syntax) = try VerbTable.call(words + ["--help"]) else {
            Issue.record("no help for \(words)")
            return
        }
        let text = Help.text(of: syntax)
        #expect(text.contains("usage: signalbox \(syntax.name)"))
        for option in syntax.options { #expect(text.contains(option.name)) }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 160 })
    }
}
