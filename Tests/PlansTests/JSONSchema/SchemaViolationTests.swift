import Core
import Plans
import Testing

/// What people read when a value does not fit.
@Suite(.timeLimit(.minutes(1)))
struct SchemaViolationTests {
    /// An order, as a task is given one.
    private static let order: JSON = [
        "type": "object",
        "required": ["customer", "lines"],
        "additionalProperties": false,
        "properties": [
            "customer": ["type": "string", "minLength": 1, "maxLength": 5, "pattern": "^([A-Z]|$)"],
            "state": ["enum": ["new", "open", "closed"]],
            "lines": [
                "type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
                "items": [
                    "required": ["amount"],
                    "properties": [
                        "amount": ["type": "number", "minimum": 0, "exclusiveMaximum": 100, "multipleOf": 0.01],
                        "count": ["type": "integer"],
                    ],
                ],
            ],
            "note": ["type": ["string", "null"]],
            "old": false,
            "a/b~c": ["const": 1],
            "card": ["type": "object", "dependentRequired": ["number": ["owner"]]],
            "tags": ["contains": ["const": "main"], "maxContains": 1],
            "point": ["prefixItems": [["type": "integer"], ["type": "integer"]], "items": false],
            "labels": ["propertyNames": ["maxLength": 2], "minProperties": 1, "maxProperties": 2],
            "code": ["not": ["const": 13]],
        ],
    ]

    @Test(arguments: [
        (#"{"customer": 1, "lines": [{"amount": 1}]}"#, #"/customer: "customer" must be a string, not an integer"#),
        (#"{"customer": "", "lines": [{"amount": 1}]}"#, #"/customer: "customer" must not be empty"#),
        (
            #"{"customer": "Abcdef", "lines": [{"amount": 1}]}"#,
            #"/customer: "customer" must have at most 5 characters, not 6"#
        ),
        (
            #"{"customer": "abc", "lines": [{"amount": 1}]}"#,
            #"/customer: "customer" must match the pattern ^([A-Z]|$), not "abc""#
        ),
        (#"{"lines": [{"amount": 1}]}"#, #"/customer: "customer" is missing"#),
        (#"{"customer": "A", "lines": []}"#, #"/lines: "lines" must not be empty"#),
        (#"{"customer": "A", "lines": [{}]}"#, #"/lines/0/amount: "amount" is missing in "lines[0]""#),
        (
            #"{"customer": "A", "lines": [{"amount": "1.5"}]}"#,
            #"/lines/0/amount: "amount" must be a number, not a string (write 1.5 without quotes)"#
        ),
        (#"{"customer": "A", "lines": [{"amount": -1}]}"#, #"/lines/0/amount: "amount" must be at least 0, not -1"#),
        (
            #"{"customer": "A", "lines": [{"amount": 100.0}]}"#,
            #"/lines/0/amount: "amount" must be less than 100, not 100.0"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1.005}]}"#,
            #"/lines/0/amount: "amount" must be a multiple of 0.01, not 1.005"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1, "count": 1.5}]}"#,
            #"/lines/0/count: "count" must be an integer, not 1.5"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}, {"amount": 1.0}]}"#,
            #"/lines/1: "lines[1]" is the same as the item at place 0"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "state": "opn"}"#,
            #"/state: "state" must be "new", "open" or "closed", not "opn" (did you mean "open"?)"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "note": 1}"#,
            #"/note: "note" must be a string or null, not an integer"#
        ),
        (#"{"customer": "A", "lines": [{"amount": 1}], "old": 1}"#, #"/old: "old" must not be given"#),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "stat": 1}"#,
            #"/stat: no member "stat" is expected (did you mean "state"?)"#
        ),
        (#"{"customer": "A", "lines": [{"amount": 1}], "a/b~c": 2}"#, #"/a~1b~0c: "a/b~c" must be 1, not 2"#),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "card": {"number": 1}}"#,
            #"/card/owner: "owner" is missing in "card", which "number" asks for"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "tags": ["x"]}"#,
            #"/tags: "tags" needs at least 1 item that the schema of "contains" describes, not 0"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "tags": ["main", "main"]}"#,
            #"/tags: "tags" may have at most 1 item that the schema of "contains" describes, not 2"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "point": [1, 2, 3]}"#,
            #"/point/2: "point[2]" is more than the 2 items that are expected"#
        ),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "labels": {"long": 1}}"#,
            #"/labels: the name "long" must have at most 2 characters, not 4"#
        ),
        (#"{"customer": "A", "lines": [{"amount": 1}], "labels": {}}"#, #"/labels: "labels" must not be empty"#),
        (
            #"{"customer": "A", "lines": [{"amount": 1}], "code": 13.0}"#,
            #"/code: "code" is what the schema excludes ("not")"#
        ),
        ("[]", ": the value must be an object, not an array"),
    ])
    func messages(value: String, expected: String) throws {
        #expect(Self.told(of: try JSON(parsing: value), by: try JSONSchema(Self.order)) == [expected])
    }

    @Test func allFindingsAreToldInTheOrderOfTheValue() throws {
        let value: JSON = ["lines": [["amount": "x"], ["amount": -1]], "more": 1]
        #expect(
            try JSONSchema(Self.order).validate(value).map { "\($0.instancePointer) \($0.schemaPointer)" } == [
                "/customer /required", "/lines/0/amount /properties/lines/items/properties/amount/type",
                "/lines/1/amount /properties/lines/items/properties/amount/minimum", "/more /additionalProperties",
            ])
    }

    /// Alternatives as forms and tools have them: told apart by the value of one member.
    private static let shapes: JSON = [
        "oneOf": [
            [
                "required": ["kind", "radius"],
                "properties": ["kind": ["const": "circle"], "radius": ["type": "number"]],
            ],
            ["required": ["kind", "side"], "properties": ["kind": ["const": "square"], "side": ["type": "number"]]],
        ]
    ]

    @Test(
        arguments: [
            (
                ["kind": "circle", "radius": "1"],
                #"/radius: "radius" must be a number, not a string (write 1 without quotes)"#
            ),
            (["kind": "square"], #"/side: "side" is missing"#),
            (["kind": "line"], #"/kind: "kind" must be "circle" or "square", not "line""#),
            (["kind": "squire"], #"/kind: "kind" must be "circle" or "square", not "squire" (did you mean "square"?)"#),
            (
                ["radius": 1],
                #": the value fits none of the 2 alternatives (either "kind" is missing or "kind" is missing)"#
            ),
        ] as [(JSON, String)])
    func theAlternativeThatWasMeantIsExplained(value: JSON, expected: String) throws {
        #expect(Self.told(of: value, by: try JSONSchema(Self.shapes)) == [expected])
    }

    /// A choice as the planner is asked for it.
    @Test func theChoiceOfNothingIsAnAlternativeToo() throws {
        let schema = try JSONSchema([
            "anyOf": [
                ["properties": ["plan": ["type": "string", "enum": ["letters"]], "inputs": ["type": "object"]]],
                ["properties": ["plan": ["type": "null"]], "additionalProperties": false],
            ]
        ])
        #expect(
            Self.told(of: ["plan": "nosuch", "inputs": [:]], by: schema)
                == [#"/plan: "plan" must be "letters" or null, not "nosuch""#])
        #expect(
            Self.told(of: ["plan": nil, "inputs": [:]], by: schema).first?.hasPrefix("/inputs: no member") == true)
    }

    @Test func alternativesOfTypesAreOneSentence() throws {
        let schema = try JSONSchema(["anyOf": [["type": "string"], ["type": "array"], ["type": "null"]]])
        #expect(Self.told(of: 1, by: schema) == [": the value must be a string, an array or null, not an integer"])
    }

    @Test func tooManyAlternativesAreCounted() throws {
        let schema = try JSONSchema(["oneOf": [["minimum": 1], ["maximum": 0], ["maximum": 9]]])
        let expected = #": the value fits 2 alternatives (0 and 2) of "oneOf", but must fit exactly one"#
        #expect(Self.told(of: 5, by: schema) == [expected])
    }

    @Test func findingsBecomeDiagnostics() throws {
        let found = try JSONSchema(["properties": ["a": ["type": "string"]]]).validate(["a": 1])
        #expect(
            found.diagnostics(below: "/inputs") == [
                Diagnostic(#""a" must be a string, not an integer"#, at: .pointer("/inputs/a"))
            ])
    }

    @Test func manyFindingsAreCutOff() throws {
        let schema = try JSONSchema(["items": ["type": "string"]])
        let value = JSON.array([JSON](repeating: 1, count: 1_000))
        #expect(schema.validate(value).count == Limits.schemaViolationsMaximum)
    }

    private static func told(of value: JSON, by schema: JSONSchema) -> [String] {
        schema.validate(value).map { "\($0.instancePointer): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
    }
}
