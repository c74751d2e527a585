import CEL
import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ErrorTests {
    @Test(
        "What is no expression is refused at its place",
        arguments: [
            ("", 1, 1), ("1 +", 1, 4), ("(1", 1, 3), ("1 2", 1, 3), ("a = 1", 1, 3), ("a & b", 1, 3), ("'abc", 1, 1),
            ("\"a\nb\"", 1, 1), ("1 +\n  ]", 2, 3), ("'é' + #", 1, 7), ("99999999999999999999", 1, 1),
            ("9223372036854775808", 1, 1), ("1e999", 1, 1), ("0x", 1, 1), ("'\\q'", 1, 2), ("'\\ud800'", 1, 2),
            ("b'\\u0041'", 1, 3), ("has(a)", 1, 5), ("[1].map(1, 2)", 1, 9), ("[1].all(x)", 1, 9),
            ("[1].all(x, x, x)", 1, 5), ("for", 1, 1), ("a.", 1, 3), ("{1}", 1, 3), ("[1, 2", 1, 6),
            ("A{b: 1}", 1, 1), ("12abc", 1, 3), ("[1].transformList(x, 1)", 1, 22), ("`a`", 1, 1), ("a ? b", 1, 6),
        ])
    func syntax(source: String, line: Int, column: Int) {
        let error = #expect(throws: SignalboxError.self) { try Expression(parsing: source) }
        #expect(error?.code == .expression)
        #expect(error?.place == .source(file: nil, line: line, column: column))
    }

    @Test(
        "A failing sub-expression is named by kind and place",
        arguments: [
            ("1 + 2 / 0", .divisionByZero, 1, 5),
            ("true &&\n 9223372036854775807 + 1 > 0", .overflow, 2, 2),
            ("steps.read.totl", .noSuchField, 1, 12),
            ("steps.rad.total", .noSuchField, 1, 7),
            ("stps.read", .undeclaredVariable, 1, 1),
            ("1 + 'a'", .noSuchOverload, 1, 1),
            ("'äö' + [1, 2].size()", .noSuchOverload, 1, 1),
            ("'äö' == string([1][1])", .invalidArgument, 1, 20),
            ("nope(1)", .unknownFunction, 1, 1),
            ("'a'.matches('(')", .invalidArgument, 1, 5),
            ("[1, 2].map(x, x / 0)", .divisionByZero, 1, 15),
            ("{'a': 1, 'a': 2}", .invalidArgument, 1, 1),
            ("{1.0: 1}", .invalidArgument, 1, 2),
            ("'abc'.substring(2, 1)", .invalidArgument, 1, 7),
            ("timestamp('2026-02-30T00:00:00Z')", .invalidArgument, 1, 1),
            ("timestamp(0).getHours('../../etc/passwd')", .invalidArgument, 1, 14),
        ] as [(String, EvaluationError.Kind, Int, Int)])
    func evaluation(source: String, kind: EvaluationError.Kind, line: Int, column: Int) throws {
        let expression = try Expression(parsing: source)
        let scope = Scope(["steps": Value(["read": ["total": 1]])])
        let error = #expect(throws: EvaluationError.self) { try expression.evaluate(in: scope) }
        #expect(error?.kind == kind)
        #expect(error.map { [$0.line, $0.column] } == [line, column])
    }

    @Test("An error speaks the common vocabulary and says what may have been meant")
    func sentence() throws {
        let expression = try Expression(parsing: "steps.read.totl")
        let scope = Scope(["steps": Value(["read": ["total": 1]])])
        let error = try #require(throws: EvaluationError.self) { try expression.evaluate(in: scope) }
        #expect(SignalboxError(error).description == "1:12: There is no key \"totl\" (\"total\" exists).")
    }

    @Test(
        "Calls that cannot succeed are found without evaluating",
        arguments: [
            ("nope(1)", ["1:1 there is no function \"nope\""]),
            ("'a'.startWith('b')", ["1:5 there is no function \"startWith\" (is \"startsWith\" meant?)"]),
            ("trim('a')", ["1:1 there is no function \"trim\" (it is written value.trim())"]),
            ("1.string()", ["1:3 there is no function \"string\" (it is written string(value))"]),
            (
                "'a'.trim(1) + size()",
                [
                    "1:5 the function \"trim\" takes 0 arguments", "1:15 the function \"size\" takes 1 argument",
                ]
            ),
            ("'a'.matches('[')", ["1:5 not a regular expression: missing ]: ["]),
            ("true || 'a'.matches('a+')", []),
        ])
    func diagnostics(source: String, expected: [String]) throws {
        let found = try Expression(parsing: source).diagnostics
        #expect(
            found.map { "\($0.place) \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") } == expected)
    }
}
