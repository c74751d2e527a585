import Core
import Plans
import Testing

/// References between schemas, and what depends on them: what the data beside the checkout leaves out.
@Suite(.timeLimit(.minutes(1)))
struct SchemaReferenceTests {
    @Test func aDocumentGivenAlongIsReferredTo() throws {
        let schema = try JSONSchema(
            ["$id": "https://example.com/a/order.json", "items": ["$ref": "../parts/line.json#/$defs/line"]],
            documents: [
                "https://example.com/parts/line.json": [
                    "$defs": ["line": ["required": ["amount"], "properties": ["amount": ["$ref": "#amount"]]]],
                    "not": ["$anchor": "amount", "type": "number"],
                ]
            ])
        #expect(schema.isValid([["amount": 1]]))
        #expect(
            schema.validate([["amount": "x"], [:]]).map { "\($0.instancePointer) \($0.schemaPointer)" } == [
                "/0/amount https://example.com/parts/line.json#/not/type",
                "/1/amount https://example.com/parts/line.json#/$defs/line/required",
            ])
    }

    @Test func aPlaceBelowAnUnknownKeywordIsASchema() throws {
        let schema = try JSONSchema([
            "$ref": "#/components/schemas/a%25b", "components": ["schemas": ["a%b": ["type": "null"]]],
        ])
        #expect(schema.isValid(nil))
        #expect(!schema.isValid(1))
    }

    /// A tree, and a stricter one that is put under it wherever it refers to its own kind.
    @Test func aDynamicReferenceMeansTheOutermostAnchor() throws {
        let tree: JSON = [
            "$id": "https://example.com/tree", "$dynamicAnchor": "node", "type": "object",
            "properties": ["data": true, "children": ["type": "array", "items": ["$dynamicRef": "#node"]]],
        ]
        let strict = try JSONSchema(
            [
                "$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree",
                "unevaluatedProperties": false,
            ], documents: ["https://example.com/tree": tree])
        let loose = try JSONSchema(tree)
        let misspelt: JSON = ["children": [["daat": 1]]]
        #expect(loose.isValid(misspelt))
        #expect(strict.isValid(["children": [["data": 1]]]))
        #expect(strict.validate(misspelt).map(\.instancePointer) == ["/children/0/daat"])
    }

    @Test(arguments: [
        (#"{"properties": {"a": true}, "unevaluatedProperties": false}"#, #"{"a": 1}"#, #"{"a": 1, "b": 1}"#),
        (#"{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}"#, #"{"a": 1}"#, #"{"b": 1}"#),
        (
            #"{"anyOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {"const": 2}}}], "unevaluatedProperties": false}"#,
            #"{"a": 1, "b": 2}"#, #"{"a": 1, "b": 3}"#
        ),
        (
            #"{"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": true}}, "unevaluatedProperties": false}"#,
            #"{"a": 1, "b": 2}"#, #"{"a": 2}"#
        ),
        (#"{"not": {"not": {"properties": {"a": true}}}, "unevaluatedProperties": false}"#, "{}", #"{"a": 1}"#),
        (
            #"{"dependentSchemas": {"a": {"properties": {"b": true}}}, "properties": {"a": true}, "unevaluatedProperties": false}"#,
            #"{"a": 1, "b": 1}"#, #"{"b": 1}"#
        ),
        (
            #"{"patternProperties": {"^x": true}, "unevaluatedProperties": {"type": "null"}}"#, #"{"x": 1, "y": null}"#,
            #"{"y": 1}"#
        ),
        (#"{"prefixItems": [true], "unevaluatedItems": false}"#, "[1]", "[1, 2]"),
        (#"{"contains": {"type": "string"}, "unevaluatedItems": {"type": "null"}}"#, #"["a", null]"#, #"["a", 1]"#),
        (
            #"{"allOf": [{"prefixItems": [true, true]}], "items": {"type": "null"}, "unevaluatedItems": false}"#,
            "[null, null]", "[1]"
        ),
        (
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"prefixItems": [true]}}, "unevaluatedItems": false}"##, "[1]",
            "[1, 2]"
        ),
    ])
    func unevaluated(schema: String, fits: String, fitsNot: String) throws {
        let schema = try JSONSchema(try JSON(parsing: schema))
        #expect(schema.validate(try JSON(parsing: fits)) == [])
        #expect(schema.validate(try JSON(parsing: fitsNot)).count == 1)
        #expect(!schema.isValid(try JSON(parsing: fitsNot)))
    }

    @Test func namesAreTheSameOnlyWhenTheirBytesAre() throws {
        // é in one scalar, and in two.
        let schema = try JSONSchema([
            "properties": ["\u{E9}": ["type": "null"]], "additionalProperties": ["type": "string"],
        ])
        #expect(schema.isValid(["\u{E9}": nil, "e\u{301}": "x"]))
        #expect(!schema.isValid(["e\u{301}": nil]))
    }
}
