import Core
import Plans
import Testing

/// What forms are drawn from.
@Suite(.timeLimit(.minutes(1)))
struct SchemaFieldTests {
    private static let schema: JSON = [
        "$ref": "#/$defs/base",
        "required": ["approve", "amount"],
        "properties": [
            "approve": ["type": "boolean", "title": "Pay it?", "description": "Sends the money"],
            "amount": ["$ref": "#/$defs/money", "title": "Amount"],
            "method": ["oneOf": [["const": "card", "title": "Credit card"], ["const": "cash"]]],
            "level": ["enum": [1, 2, 3], "default": 2],
            "note": ["type": ["string", "null"], "format": "date"],
            "what": [:],
            "mixed": ["type": ["string", "integer"]],
        ],
        "$defs": [
            "base": ["properties": ["approve": true, "tags": ["type": "array"]], "required": ["tags"]],
            "money": ["type": "number", "title": "Money", "minimum": 0, "exclusiveMinimum": 0, "maximum": 99.5],
        ],
    ]

    @Test func fieldsStandInTheOrderWritten() throws {
        let fields = try JSONSchema(Self.schema).fields
        #expect(fields.map(\.name) == ["approve", "amount", "method", "level", "note", "what", "mixed", "tags"])
        #expect(fields.map(\.type) == [.boolean, .number, .string, .number, .string, .any, .any, .array])
        #expect(fields.map(\.isRequired) == [true, true, false, false, false, false, false, true])
        #expect(fields.map(\.isNullable) == [false, false, false, false, true, false, false, false])
        #expect(fields.map(\.title) == ["Pay it?", "Amount", nil, nil, nil, nil, nil, nil])
        #expect(fields[0].summary == "Sends the money")
        #expect(fields[1].minimum == 0 && fields[1].minimumIsExcluded)
        #expect(fields[1].maximum == 99.5 && !fields[1].maximumIsExcluded)
        #expect(fields[2].choices == [SchemaChoice("card", title: "Credit card"), SchemaChoice("cash")])
        #expect(fields[3].choices.map(\.value) == [1, 2, 3])
        #expect(fields[3].defaultValue == 2)
        #expect(fields[4].format == "date")
    }

    @Test func aSchemaOfNoObjectHasNoFields() throws {
        #expect(try JSONSchema(["type": "string"]).fields == [])
        #expect(try JSONSchema(true).fields == [])
    }

    @Test(
        arguments: [
            ("approve", "true", true), ("amount", "12.50", 12.5), ("amount", " 12 ", 12), ("level", "2", 2),
            ("method", "card", "card"), ("note", "null", "null"), ("note", "", ""), ("tags", "[1]", [1]),
            ("what", "1", 1), ("what", "a word", "a word"), ("mixed", "true", true),
        ] as [(String, String, JSON)])
    func textsBecomeValues(field: String, text: String, expected: JSON) throws {
        #expect(try Self.field(field).value(fromText: text) == expected)
    }

    @Test(arguments: [
        ("approve", "yes", #""approve" must be a boolean, not "yes" (write true or false)"#),
        ("amount", "12,50", #""amount" must be a number, not "12,50" (write 12.50, with a point)"#),
        ("amount", "", #""amount" must be a number, not empty"#),
        ("amount", "\"1\"", #""amount" must be a number, not ""1"""#),
        ("amount", "1e999", #""amount" must be a number, not "1e999""#),
        ("amount", "null", #""amount" must be a number, not "null""#),
        ("level", "4", #""level" must be "1", "2" or "3", not "4""#),
        ("tags", "a", #""tags" must be an array, not "a" (write it as JSON: [1, 2])"#),
    ])
    func otherTextsAreRefused(field: String, text: String, expected: String) throws {
        let field = try Self.field(field)
        let error = try failure { try field.value(fromText: text) }
        #expect(error.code == .invalidInput)
        #expect(error.place == .pointer("/\(field.name)"))
        #expect(error.message + (error.hint.map { " (\($0))" } ?? "") == expected)
    }

    @Test func aNullableFieldTakesNull() throws {
        let field = try #require(JSONSchema(["properties": ["n": ["type": ["integer", "null"]]]]).fields.first)
        #expect(field.type == .integer)
        #expect(try field.value(fromText: "null") == .null)
        #expect(try field.value(fromText: "3.0") == 3)
    }

    private static func field(_ name: String) throws -> SchemaField {
        try #require(JSONSchema(schema).fields.first { $0.name == name })
    }
}
