import CEL
import Core
import Testing

@testable import Plans

@Suite(.timeLimit(.minutes(1)))
struct TemplateTests {
    @Test(
        arguments: [
            ("plain", [.literal("plain")]),
            ("", []),
            ("${{ a }}", [.expression(source: "a", opening: 0, offset: 4)]),
            ("é${{a}}!", [.literal("é"), .expression(source: "a", opening: 1, offset: 4), .literal("!")]),
            ("$${{ a }}", [.literal("${{ a }}")]),
            ("$$${{", [.literal("$${{")]),
            ("${ {a}} $ {{", [.literal("${ {a}} $ {{")]),
            (#"${{ {"a": {"b": 1}} }}"#, [.expression(source: #"{"a": {"b": 1}}"#, opening: 0, offset: 4)]),
            (#"${{{"a":{"b":1}}}}"#, [.expression(source: #"{"a":{"b":1}}"#, opening: 0, offset: 3)]),
            (#"${{ "}}" }}"#, [.expression(source: #""}}""#, opening: 0, offset: 4)]),
            (#"${{ '}}\'}}' }}"#, [.expression(source: #"'}}\'}}'"#, opening: 0, offset: 4)]),
            (#"${{ r'\' }}"#, [.expression(source: #"r'\'"#, opening: 0, offset: 4)]),
            (#"${{ br'\' + rb"\" }}"#, [.expression(source: #"br'\' + rb"\""#, opening: 0, offset: 4)]),
            (#"${{ """ " }} """ }}"#, [.expression(source: #"""" " }} """"#, opening: 0, offset: 4)]),
            ("${{ a // }}\n }}", [.expression(source: "a // }}", opening: 0, offset: 4)]),
            (
                "${{ a }}${{ b }}",
                [.expression(source: "a", opening: 0, offset: 4), .expression(source: "b", opening: 8, offset: 12)]
            ),
        ] as [(String, [TemplateScanner.Piece])])
    func textsAreSplitAtExpressions(text: String, expected: [TemplateScanner.Piece]) throws {
        #expect(try TemplateScanner.pieces(of: text) == expected)
    }

    @Test(arguments: [
        ("a ${{ b", 2), ("${{ {a }}", 0), ("x${{}}", 1), ("${{ 1 }}${{ \"", 12), ("${{ 'a }}", 4), ("${{ ''' a }}", 4),
        ("${{ 'a\\' }}", 4),
    ])
    func brokenTextsAreRefusedWithTheirPlace(text: String, offset: Int) {
        #expect {
            try TemplateScanner.pieces(of: text)
        } throws: { error in
            (error as? TemplateScanner.Mistake)?.offset == offset
        }
    }

    private static let scope = Scope([
        "inputs": Value(["n": 3, "t": "text", "o": ["a": [1, true]], "nothing": nil])
    ])

    @Test(
        arguments: [
            ("as it is", "as it is"),
            ("${{ inputs.n }}", 3),
            ("${{ inputs.o }}", ["a": [1, true]]),
            ("${{ inputs.nothing }}", nil),
            ("${{ inputs.n }}\n", 3),
            (" ${{ inputs.n }}", " 3"),
            ("${{ inputs.t }} ${{ inputs.n }} ${{ inputs.o }}", #"text 3 {"a":[1,true]}"#),
            ("costs $${{ 5 }}", "costs ${{ 5 }}"),
            (["a": ["${{ inputs.n }}", "x"]], ["a": [3, "x"]]),
            (["a": [1, "x"]], ["a": [1, "x"]]),
        ] as [(JSON, JSON)])
    func templatesAreEvaluated(template: JSON, expected: JSON) throws {
        #expect(try TemplateValue(parsing: template).evaluate(in: Self.scope) == expected)
    }

    @Test func membersKeepTheirOrder() throws {
        let template = try TemplateValue(parsing: ["z": "${{ inputs.n }}", "a": 1, "m": 2])
        #expect(try template.evaluate(in: Self.scope).objectValue?.names == ["z", "a", "m"])
    }

    @Test func nullCannotStandInAText() throws {
        let template = try TemplateValue(parsing: "it is ${{ inputs.nothing }}")
        let error = try failure { try template.evaluate(in: Self.scope) }
        #expect(error.code == .expression)
        #expect(error.message == "\"inputs.nothing\" is null and cannot stand in a text.")
    }

    @Test func anErrorNamesTheExpression() throws {
        let template = try TemplateValue(parsing: ["a": "${{ inputs.missing }}"])
        let error = try failure { try template.evaluate(in: Self.scope) }
        #expect(error.code == .expression)
        #expect(error.message.hasPrefix("In \"inputs.missing\": "))
    }

    @Test func expressionsAreListedInOrder() throws {
        let template = try TemplateValue(parsing: ["b": "${{ x }} and ${{ y }}", "a": ["${{ z }}", 1]])
        #expect(template.expressions.map(\.source) == ["x", "y", "z"])
    }

    @Test func documentsOfTemplatesAreReadWithPlaces() throws {
        let answers = try TemplateValue(
            parsingYAML: "answers:\n  - say: Hello ${{ request.name }}\n", path: "clerk.yaml")
        #expect(answers.expressions.map(\.source) == ["request.name"])
        let error = try failure { try TemplateValue(parsingYAML: "a:\n  - ${{ x", path: "clerk.yaml") }
        #expect(error.diagnostics.map(\.place) == [.source(file: "clerk.yaml", line: 2, column: 5)])
    }
}
