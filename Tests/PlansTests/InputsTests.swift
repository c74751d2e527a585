import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct InputsTests {
    private func plan() throws -> Plan {
        try PlansTests.plan(
            """
            name: p
            inputs:
              month: { type: string, description: "such as 2026-11" }
              limit: 10
              note: { type: string, required: false }
              extra: { type: object, default: { a: 1 } }
            steps: { a: { set: { x: 1 } } }
            """)
    }

    @Test func defaultsFillWhatIsNotGiven() throws {
        let inputs = try plan().resolve(inputs: ["month": "2026-11"])
        #expect(inputs.names == ["month", "limit", "note", "extra"])
        #expect(JSON.object(inputs) == ["month": "2026-11", "limit": 10, "note": nil, "extra": ["a": 1]])
    }

    private static let dated = """
        name: p
        inputs: { day: { type: string, schema: { format: date } } }
        steps: { a: { set: { x: 1 } } }
        """

    @Test func theFormatOfAnInputIsHeld() throws {
        let plan = try PlansTests.plan(Self.dated)
        #expect(try plan.resolve(inputs: ["day": "2024-02-29"])["day"] == "2024-02-29")
        let error = try failure { try plan.resolve(inputs: ["day": "2023-02-29"]) }
        #expect(error.diagnostics.first?.message.contains("must be a date, not \"2023-02-29\"") == true)
        // And that of its default, but not in a plan that a task runs already.
        let wrong = Self.dated.replacing("type: string,", with: "type: string, default: 2023-02-29,")
        #expect(throws: SignalboxError.self) { try PlansTests.plan(wrong) }
        #expect(throws: Never.self) {
            try PlanReader.readStored(PlanSource(path: "plan.yaml", text: wrong, files: [:]))
        }
    }

    @Test func anIntegerBeyond64BitsIsSaidToBeTooLarge() throws {
        let number = try JSON(parsing: "9223372036854775808")
        let error = try failure { try plan().resolve(inputs: ["month": "m", "limit": number]) }
        #expect(error.diagnostics.first?.message.hasSuffix("which is too large (at most 9223372036854775807)") == true)
        let typed = try failure { try plan().inputs[1].value(fromText: "-9300000000000000000") }
        #expect(typed.message.hasSuffix(", which is too small (at least -9223372036854775808)."))
        // One below the least is rounded to it when it is read as floating point.
        let below = try JSON(parsing: "-9223372036854775809")
        let refused = try failure { try plan().resolve(inputs: ["month": "m", "limit": below]) }
        #expect(refused.diagnostics.first?.message.contains("which is too small") == true)
        #expect(throws: SignalboxError.self) { try plan().inputs[1].value(fromText: "-9223372036854775809") }
        let least = try JSON(parsing: "-9223372036854775808")
        #expect(try plan().resolve(inputs: ["month": "m", "limit": least])["limit"] == least)
    }

    @Test func whatIsGivenWins() throws {
        let inputs = try plan().resolve(inputs: ["month": "m", "limit": 3.0, "note": nil, "extra": [:]])
        #expect(JSON.object(inputs) == ["month": "m", "limit": 3, "note": nil, "extra": [:]])
    }

    @Test func allMistakesAreToldAtOnce() throws {
        let error = try failure {
            try plan().resolve(inputs: ["limit": "many", "notes": 1, "a/b~c": 2, "extra": [1]])
        }
        #expect(error.code == .invalidInput)
        #expect(
            error.description == """
                The inputs have 5 mistakes
                /month: the input "month" is missing
                    hint: give a string: such as 2026-11
                /limit: the input "limit" must be an integer, not a string
                /extra: the input "extra" must be an object, not an array
                /a~1b~0c: the plan "p" has no input "a/b~c"
                    hint: its inputs are: month, limit, note, extra
                /notes: the plan "p" has no input "notes"
                    hint: did you mean "note"?
                """)
    }

    @Test(
        arguments: [
            (.string, "12", "12"), (.string, "", ""), (.integer, "12", 12), (.integer, "-3", -3), (.number, "1.5", 1.5),
            (.number, "2", 2), (.boolean, "true", true), (.array, "[1, 2]", [1, 2]), (.object, #"{"a": 1}"#, ["a": 1]),
            (.any, "12", 12), (.any, "hello there", "hello there"), (.any, "\"12\"", "12"),
        ] as [(InputType, String, JSON)])
    func textBecomesTheInputsType(type: InputType, text: String, expected: JSON) throws {
        let input = InputDefinition(name: "n", type: type, summary: nil, isRequired: true, defaultValue: nil)
        #expect(try input.value(fromText: text) == expected)
    }

    @Test(
        arguments: [
            (.integer, "1.5"), (.integer, "x"), (.boolean, "yes"), (.array, "{}"), (.number, "1,5"), (.object, ""),
        ] as [(InputType, String)])
    func textOfAnotherTypeIsRefused(type: InputType, text: String) throws {
        let input = InputDefinition(name: "n", type: type, summary: nil, isRequired: true, defaultValue: nil)
        let error = try failure { try input.value(fromText: text) }
        #expect(error.code == .invalidInput)
        #expect(error.message.contains("\"n\" must be a"))
        #expect(error.place == .pointer("/n"))
    }
}
