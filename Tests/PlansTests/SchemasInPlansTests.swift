import Core
import Plans
import Testing

/// The JSON Schemas that plans hold: those of inputs, forms and answers.
@Suite(.timeLimit(.minutes(1)))
struct SchemasInPlansTests {
    private static let text = """
        name: p
        inputs:
          lines:
            type: array
            schema: { minItems: 1, items: { required: [amount], properties: { amount: { type: number } } } }
        steps: { a: { set: { x: 1 } } }
        """

    @Test func inputsThatFitAreTaken() throws {
        let inputs = try plan(Self.text).resolve(inputs: ["lines": [["amount": 1]]])
        #expect(JSON.object(inputs) == ["lines": [["amount": 1]]])
    }

    @Test func inputsThatDoNotFitAreToldByPointer() throws {
        let plan = try plan(Self.text)
        let error = try failure {
            try plan.resolve(inputs: ["lines": [["amount": 1], ["amount": "2"], [:]], "more": 1])
        }
        #expect(error.code == .invalidInput)
        #expect(error.diagnostics.map { "\($0.place)" } == ["/lines/1/amount", "/lines/2/amount", "/more"])
        #expect(error.diagnostics.first?.message == "\"amount\" must be a number, not a string")
        let empty = try failure { try plan.resolve(inputs: ["lines": []]) }
        #expect(empty.diagnostics.map { "\($0.place)" } == ["/lines"])
        let missing = try failure { try plan.resolve(inputs: [:]) }
        #expect(missing.diagnostics.map(\.message) == ["the input \"lines\" is missing"])
    }

    @Test func anInputOfAnotherTypeIsOneMistake() throws {
        let error = try failure { try plan(Self.text).resolve(inputs: ["lines": "x"]) }
        #expect(error.diagnostics.map(\.message) == ["the input \"lines\" must be an array, not a string"])
    }

    @Test(arguments: SchemasInPlansTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = [
        .top("inputs: { n: { schema: { type: strin } } }", "4:32 there is no type \"strin\""),
        .top("inputs: { n: { schema: { requird: [a] } } }", "4:35 there is no keyword \"requird\", so it does nothing"),
        .top(
            "inputs: { n: { schema: { properties: { a: { minimum: x } } } } }",
            "4:54 \"minimum\" is a number, not a string"),
        .top(
            "inputs: { n: { schema: { items: { pattern: '(' } } } }",
            "4:44 \"(\" is not a regular expression: missing ): (?:"),
        .top(
            "inputs: { n: { schema: { $ref: 'https://example.com/s' } } }",
            "4:32 there is no schema at \"https://example.com/s\""),
        .top(
            "inputs: { n: { schema: { prefixItems: [{}, { type: 3 }] } } }",
            "4:52 \"type\" is a name or a list of names, not 3"),
        .top("inputs: { n: { schema: { minimum: 5 }, default: 3 } }", "4:49 the value must be at least 5, not 3"),
        .top(
            "inputs: { n: { schema: { items: { minimum: 5 } }, default: [7, 3] } }",
            "4:64 \"[1]\" must be at least 5, not 3"),
        .step(
            "{ approval: { title: x, form: { type: object, properties: [a] } } }",
            "5:64 \"properties\" is an object of schemas, not an array"),
        Mistake(
            "name: p\nagents: { g: }\nsteps:\n  a: { agent: g, prompt: x, schema: { type: [] } }",
            "4:45 \"type\" is a name or a list of names, not []"),
    ]

    @Test func whatAChildIsGivenIsChecked() {
        let child = "name: c\ninputs: { n: { schema: { items: { minimum: 5 } } } }\nsteps: { a: { set: { x: 1 } } }"
        let found = mistakes(
            in: "name: p\nsteps:\n  a: { task: c.yaml, inputs: { n: [7, 3] } }", files: ["c.yaml": child])
        #expect(found == ["3:39 \"[1]\" must be at least 5, not 3"])
    }
}
