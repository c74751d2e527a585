import Core
import Plans
import Testing

/// Parameters of apps: derived from a plan, given by hand, and filled in.
@Suite(.timeLimit(.minutes(1)))
struct AppTests {
    private static let text = """
        name: letter
        inputs:
          to: { type: string, description: Who gets it. }
          body: { default: "Hello,\\n" }
          copies: { type: integer, schema: { minimum: 1, maximum: 9 } }
          rate: 0.5
          tone: { type: string, schema: { enum: [warm, cool] }, default: warm }
          urgent: { type: boolean }
          tags: { type: array, default: [a, b] }
          extra: { required: false }
        steps: { a: { set: { b: 1 } } }
        """

    private static func plan(_ text: String = text) throws -> Plan {
        try PlanReader.read(PlanSource(path: "letter.yaml", text: text))
    }

    /// The places and messages of what is wrong.
    private static func mistakes(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as SignalboxError {
            return error.diagnostics.map { finding in
                if case .pointer(let pointer) = finding.place {
                    "\(pointer): \(finding.message)"
                } else {
                    finding.message
                }
            }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `Each input has the field that fits it`() throws {
        let parameters = try Self.plan().parameters(nil)
        #expect(
            parameters.map(\.json) == [
                ["name": "to", "type": "text", "required": true, "description": "Who gets it.", "input": "to"],
                ["name": "body", "type": "long_text", "required": false, "default": "Hello,\n", "input": "body"],
                ["name": "copies", "type": "number", "required": true, "input": "copies"],
                ["name": "rate", "type": "number", "required": false, "default": 0.5, "input": "rate"],
                [
                    "name": "tone", "type": "choice", "required": false, "default": "warm",
                    "choices": ["warm", "cool"],
                    "input": "tone",
                ],
                ["name": "urgent", "type": "choice", "required": true, "choices": [true, false], "input": "urgent"],
                ["name": "tags", "type": "long_text", "required": false, "default": "[\"a\",\"b\"]", "input": "tags"],
                ["name": "extra", "type": "text", "required": false, "input": "extra"],
            ])
        #expect(try parameters.map { try AppParameter($0.json) } == parameters)
    }

    @Test func `What is filled in becomes what the inputs take`() throws {
        let plan = try Self.plan()
        let values = try plan.values(
            of: ["to": "Ada", "copies": 3.0, "urgent": true, "tags": "[1]", "extra": "plain", "tone": nil],
            for: try plan.parameters(nil))
        #expect(
            values.inputs == [
                "to": "Ada", "body": "Hello,\n", "copies": 3, "rate": 0.5, "tone": "warm", "urgent": true, "tags": [1],
                "extra": "plain",
            ])
        #expect(values.files == [])
    }

    @Test func `Every mistake in what is filled in is told with its place`() throws {
        let plan = try Self.plan()
        let found = Self.mistakes {
            _ = try plan.values(
                of: [
                    "to": "  ", "body": 7, "copies": 10, "rate": "0.5", "tone": "hot", "tags": "{}", "nobody": 1,
                ], for: try plan.parameters(nil))
        }
        #expect(
            found == [
                "/parameters/to: the parameter \"to\" is missing",
                "/parameters/body: the parameter \"body\" must be a text, not an integer",
                "/parameters/copies: the value must be at most 9, not 10",
                "/parameters/rate: the parameter \"rate\" must be a number, not a string",
                "/parameters/tone: the parameter \"tone\" must be one of its choices, not \"hot\"",
                "/parameters/urgent: the parameter \"urgent\" is missing",
                "/parameters/tags: the parameter \"tags\" must be an array, not \"{}\"",
                "/parameters/nobody: there is no parameter \"nobody\"",
            ])
        let fraction = Self.mistakes {
            _ = try plan.values(
                of: ["to": "Ada", "copies": 1.5, "urgent": "true"], for: try plan.parameters(nil))
        }
        #expect(
            fraction == [
                "/parameters/copies: the parameter \"copies\" must be an integer, not \"1.5\"",
                "/parameters/urgent: the parameter \"urgent\" must be one of its choices, not \"true\"",
            ])
    }

    @Test func `What a parameter leaves out follows from its input`() throws {
        let plan = try Self.plan()
        let parameters = try plan.parameters([
            AppParameterDraft(name: "recipient", kind: .choice, choices: ["Ada", "Zoë"], input: "to"),
            AppParameterDraft(name: "copies", defaultValue: 2), AppParameterDraft(name: "urgent", kind: .text),
            AppParameterDraft(name: "tone", isRequired: true), AppParameterDraft(name: "letterhead", kind: .file),
            AppParameterDraft(name: "extra", kind: .file, isRequired: false),
        ])
        #expect(parameters.map(\.isRequired) == [true, false, true, true, true, false])
        #expect(parameters.map(\.input) == ["to", "copies", "urgent", "tone", nil, "extra"])
        let hash = ContentHash(of: [1])
        let values = try plan.values(
            of: [
                "recipient": "Zoë", "urgent": "false", "tone": "cool",
                "letterhead": ["name": "a.png", "sha256": .string(hash.rawValue)],
                "extra": ["name": "b.pdf", "sha256": .string(hash.rawValue)],
            ], for: parameters)
        #expect(values.inputs == ["to": "Zoë", "copies": 2, "urgent": false, "tone": "cool"])
        #expect(values.files.map(\.name) == ["a.png", "b.pdf"])
        #expect(values.files.map(\.input) == [nil, "extra"])
        #expect(
            Self.mistakes {
                _ = try plan.values(
                    of: ["recipient": "Ada", "urgent": "false", "tone": "warm", "letterhead": "a.png"], for: parameters)
            } == [
                "/parameters/letterhead: the parameter \"letterhead\" is a file: an object with \"name\" and \"sha256\""
            ])
    }

    @Test(arguments: [
        ([AppParameterDraft(name: "1")], "/0/name: \"1\" cannot be the name of a parameter"),
        ([AppParameterDraft(name: "too")], "/0/name: the plan \"letter\" has no input \"too\""),
        ([AppParameterDraft(name: "x", input: "y")], "/0/input: the plan \"letter\" has no input \"y\""),
        (
            [AppParameterDraft(name: "to"), AppParameterDraft(name: "to")],
            "/1/name: there are two parameters \"to\""
        ),
        (
            [AppParameterDraft(name: "to"), AppParameterDraft(name: "x", input: "to")],
            "/1/input: the input \"to\" is that of the parameter \"to\" already"
        ),
        (
            [AppParameterDraft(name: "copies", kind: .file)],
            "/0/type: the input \"copies\" must be an integer, and gets the name of a file"
        ),
        (
            [AppParameterDraft(name: "to", kind: .number)],
            "/0/type: the input \"to\" must be a string, and gets a number"
        ),
        ([AppParameterDraft(name: "to", kind: .choice)], "/0/choices: a choice has 1 to 200 \"choices\""),
        ([AppParameterDraft(name: "to", kind: .text, choices: ["a"])], "/0/choices: only a choice has \"choices\""),
        (
            [AppParameterDraft(name: "to", choices: [[1]])],
            "/0/choices/0: a choice is a text, a number, true or false, not an array"
        ),
        (
            [AppParameterDraft(name: "copies", choices: [1, 10])],
            "/0/choices/1: the value must be at most 9, not 10"
        ),
        ([AppParameterDraft(name: "copies", defaultValue: 0)], "/0/default: the value must be at least 1, not 0"),
        (
            [AppParameterDraft(name: "to", isRequired: true, defaultValue: "x")],
            "/0/required: a parameter with a default is not required"
        ), ([AppParameterDraft(name: "f", kind: .file, defaultValue: "x")], "/0/default: a file has no default"),
        (
            [AppParameterDraft(name: "to", isRequired: false)],
            ": the plan requires the input \"to\", so the parameter \"to\" is required too"
        ), ([], ": the plan \"letter\" requires the input \"to\", and no parameter gives it"),
    ])
    func `Parameters that do not fit the plan are refused`(drafts: [AppParameterDraft], mistake: String) throws {
        let plan = try Self.plan()
        #expect(Self.mistakes { _ = try plan.parameters(drafts) }.contains("/parameters" + mistake))
    }

    @Test(arguments: [
        (AppParameter.Kind.text, "12", JSON.string("12")), (.number, "12", 12), (.number, "1e2", 100.0),
        (.number, "many", "many"), (.number, "[1]", "[1]"), (.choice, "true", true), (.choice, "2", 2),
        (.choice, "warm", "warm"), (.choice, "hot", "hot"), (.file, "a.pdf", "a.pdf"),
    ])
    func `A text on a command line stands for a value`(kind: AppParameter.Kind, text: String, value: JSON) {
        let choices: [JSON] = kind == .choice ? ["warm", 2, true] : []
        let parameter = AppParameter(name: "p", kind: kind, isRequired: true, choices: choices, input: "p")
        #expect(parameter.value(fromText: text) == value)
    }
}
