import Core
import Plans
import Testing

/// Schemas that are refused, with place, sentence and hint.
@Suite(.timeLimit(.minutes(1)))
struct SchemaMistakesTests {
    @Test(arguments: [
        ("1", ": a schema is an object, true or false, not an integer"),
        (#"{"type": "strin"}"#, #"/type: there is no type "strin" (did you mean "string"?)"#),
        (#"{"type": []}"#, #"/type: "type" is a name or a list of names, not []"#),
        (
            #"{"type": ["string", 1]}"#,
            "/type: there is no type \"1\" (the types are: string, number, integer, boolean, array, object, null)"
        ),
        (
            #"{"properties": {"a": {"minLength": -1}}}"#,
            #"/properties/a/minLength: "minLength" is a whole number from 0, not -1"#
        ),
        (#"{"maxItems": 1.5}"#, #"/maxItems: "maxItems" is a whole number from 0, not 1.5"#),
        (#"{"minimum": "1"}"#, #"/minimum: "minimum" is a number, not a string"#),
        (
            #"{"exclusiveMinimum": true}"#,
            #"/exclusiveMinimum: "exclusiveMinimum" is a number, not a boolean (write the bound itself here, in place of "minimum" or "maximum")"#
        ),
        (#"{"multipleOf": 0}"#, #"/multipleOf: "multipleOf" is a number above 0, not 0"#),
        (#"{"required": "a"}"#, #"/required: "required" is a list of names, not "a""#),
        (
            #"{"properties": {"a": {"required": true}}}"#,
            #"/properties/a/required: "required" is a list of names, not true (list the names beside "properties")"#
        ),
        (#"{"properties": []}"#, #"/properties: "properties" is an object of schemas, not an array"#),
        (#"{"allOf": []}"#, #"/allOf: "allOf" is a list of schemas, at least one"#),
        (#"{"items": [{}]}"#, #"/items: "items" is one schema (schemas by place stand in "prefixItems")"#),
        (#"{"not": {"$defs": {"x": 5}}}"#, "/not/$defs/x: a schema is an object, true or false, not an integer"),
        (#"{"enum": {}}"#, #"/enum: "enum" is a list of values, not an object"#),
        (#"{"uniqueItems": 1}"#, #"/uniqueItems: "uniqueItems" is true or false, not an integer"#),
        (#"{"dependentRequired": {"a": "b"}}"#, #"/dependentRequired/a: "a" is a list of names, not "b""#),
        (#"{"pattern": "("}"#, #"/pattern: "(" is not a regular expression: missing ): (?:"#),
        (
            #"{"patternProperties": {"(?=a)": true}}"#,
            #"/patternProperties/(?=a): "(?=a)" is not a regular expression: look-around "(?=" is not supported (matching takes linear time, which it would not allow; write two patterns in "allOf" instead)"#
        ),
        (#"{"title": 1}"#, #"/title: "title" is a string, not an integer"#),
        (
            #"{"$schema": "http://json-schema.org/draft-07/schema#"}"#,
            #"/$schema: the dialect "http://json-schema.org/draft-07/schema#" is not known (schemas here are of draft 2020-12: https://json-schema.org/draft/2020-12/schema)"#
        ),
        (
            ##"{"$id": "#a"}"##,
            ##"/$id: "$id" cannot have a fragment ("#a") (a name within the document is an "$anchor")"##
        ),
        (
            #"{"$defs": {"a": {"$id": "x:y"}, "b": {"$id": "x:y"}}}"#,
            #"/$defs/b/$id: another schema has the address "x:y""#
        ),
        (
            #"{"$anchor": "1"}"#,
            #"/$anchor: "$anchor" is a name, not "1" (it starts with a letter or _; letters, digits, -, . and _ follow)"#
        ),
        (
            #"{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}"#,
            #"/$defs/b/$anchor: the anchor "x" stands twice"#
        ),
        (
            #"{"items": {"$ref": "https://example.com/other.json"}}"#,
            #"/items/$ref: there is no schema at "https://example.com/other.json" (nothing is fetched: put it into "$defs" with this "$id")"#
        ),
        (
            ##"{"$ref": "#/$defs/lien", "$defs": {"line": true}}"##,
            ##"/$ref: "#/$defs/lien" leads nowhere: there is no "lien" (did you mean "line"?)"##
        ),
        (
            ##"{"$ref": "#lien", "$defs": {"a": {"$anchor": "line"}}}"##,
            #"/$ref: there is no anchor "lien" (did you mean "line"?)"#
        ),
        (
            ##"{"$ref": "#"}"##,
            #": the schema refers to itself for the same value (a schema may refer to itself only for members or elements, as in "items")"#
        ),
    ])
    func refused(schema: String, expected: String) throws {
        #expect(Self.mistakes(in: try JSON(parsing: schema)) == [expected])
    }

    @Test func allMistakesAreTold() throws {
        let error = try failure { try JSONSchema(["type": "text", "minItems": "1", "items": 3]) }
        #expect(error.code == .invalidInput)
        #expect(error.message == "The schema has 3 mistakes")
        #expect(Set(error.diagnostics.map(\.place.description)) == ["/type", "/minItems", "/items"])
    }

    @Test func aMistakeInAnotherDocumentIsToldWithItsAddress() throws {
        let error = try failure { try JSONSchema(["$ref": "lines"], documents: ["lines": ["type": "list"]]) }
        #expect(error.diagnostics.map(\.place.description) == ["lines#/type"])
    }

    @Test func keywordsThatDoNothingAreWarnedOf() throws {
        let schema = try JSONSchema([
            "properties": ["a": ["minLenght": 2, "nullable": true], "minLenght": true], "x-order": 1,
        ])
        #expect(
            schema.warnings == [
                Diagnostic(
                    #"there is no keyword "minLenght", so it does nothing"#, at: .pointer("/properties/a/minLenght"),
                    hint: #"did you mean "minLength"?"#),
                Diagnostic(
                    #""nullable" does nothing in draft 2020-12"#, at: .pointer("/properties/a/nullable"),
                    hint: #"add "null" to "type""#),
            ])
    }

    private static func mistakes(in schema: JSON) -> [String] {
        do {
            _ = try JSONSchema(schema)
            return []
        } catch let error as SignalboxError {
            return error.diagnostics.map { "\($0.place): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
        } catch {
            return ["unexpected error \(error)"]
        }
    }
}
