import Core
import Plans
import Testing

/// Schemas and values that are made to take for ever, or all memory.
@Suite(.timeLimit(.minutes(1)))
struct HostileSchemaTests {
    @Test(arguments: [
        ##"{"$ref": "#"}"##,
        ##"{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [true, {"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}}"##,
        ##"{"if": true, "then": {"$ref": "#"}}"##,
        ##"{"items": {"dependentSchemas": {"x": {"$ref": "#/items"}}}}"##,
        ##"{"$dynamicRef": "#"}"##,
    ])
    func circlesAreRefused(schema: String) throws {
        let error = try failure { try JSONSchema(JSON(parsing: schema)) }
        #expect(error.diagnostics.map(\.message) == ["the schema refers to itself for the same value"])
    }

    @Test func aCircleThatOnlyTheValueClosesEnds() throws {
        let schema = try JSONSchema(["$dynamicAnchor": "a", "anyOf": [["$dynamicRef": "#a"], ["$dynamicRef": "#a"]]])
        let found = schema.validate(1).map(\.message)
        #expect(found == ["more than \(Limits.schemaDepthMaximum) schemas apply one inside the other"])
        #expect(!schema.isValid(1))
    }

    @Test func schemasThatMultiplyEndAtTheLimit() throws {
        var definitions: JSONObject = ["a40": ["type": "integer"]]
        for level in 0..<40 {
            let next: JSON = ["$ref": "#/$defs/a\(level + 1)"]
            definitions["a\(level)"] = ["allOf": [next, next]]
        }
        let schema = try JSONSchema(["$ref": "#/$defs/a0", "$defs": .object(definitions)])
        #expect(
            schema.validate(1, workMaximum: 100_000).map(\.message) == [
                "to validate the value takes more than the limit of 100000 steps"
            ])
        #expect(!schema.isValid(1, workMaximum: 100_000))
    }

    @Test func alternativesThatMultiplyEndAtTheLimit() throws {
        // Nothing fits in the end, so that each level is looked at for the verdict and again for the reasons.
        var inner: JSON = ["type": "string"]
        for _ in 0..<25 { inner = ["anyOf": [["allOf": [inner]], ["minimum": 5]]] }
        let found = try JSONSchema(inner).validate(1, workMaximum: 1_000_000)
        #expect(found.count == 1)
    }

    @Test(
        arguments: [
            ["uniqueItems": true], ["items": ["uniqueItems": true]], ["enum": [[1], ["a": 1]]], ["const": [1, 2]],
            ["contains": ["const": -1]], ["items": ["type": "integer"]],
        ] as [JSON])
    func largeValuesAreAnswered(schema: JSON) throws {
        let value = JSON.array((0..<100_000).map { .int(Int64($0)) })
        let schema = try JSONSchema(schema)
        #expect(schema.validate(value).count <= 1)
        #expect(schema.validate(value).isEmpty == schema.isValid(value))
    }

    @Test func manyFailingChecksOfALargeValueAreCharged() throws {
        let check: JSON = ["uniqueItems": true]
        let schema = try JSONSchema(["allOf": .array([JSON](repeating: check, count: 1_000))])
        let value = JSON.array((0..<10_000).map { .int(Int64($0)) })
        #expect(schema.validate(value, workMaximum: 100_000).first?.message.contains("limit of 100000 steps") == true)
    }

    @Test func aDeepSchemaIsRefused() throws {
        var deep: JSON = true
        for _ in 0..<100_000 { deep = ["not": deep] }
        let error = try failure { try JSONSchema(deep) }
        #expect(error.code == .limit)
        Self.takeApart(&deep)
    }

    @Test func aDeepValueIsRefused() throws {
        var deep: JSON = []
        for _ in 0..<100_000 { deep = [deep] }
        let schema = try JSONSchema(["items": ["$ref": "#"]])
        #expect(schema.validate(deep).map(\.message) == ["the value has more than 16 MiB or 120 levels"])
        Self.takeApart(&deep)
    }

    @Test func aValueOfSharedPartsIsNotExpanded() throws {
        var laughs: JSON = ["ha"]
        for _ in 0..<60 { laughs = [laughs, laughs] }
        #expect(try JSONSchema(["uniqueItems": true]).validate(laughs).count == 1)
        #expect(throws: SignalboxError.self) { try JSONSchema(["const": laughs]) }
    }

    /// Half of the stack of the journal's thread must be enough for the deepest validation.
    @Test(arguments: [(levels: 50, isTooDeep: false), (levels: 60, isTooDeep: true)])
    func theDeepestValidationFitsTheStack(levels: Int, isTooDeep: Bool) async throws {
        // Five schemas apply on each level.
        let schema = try JSONSchema(["allOf": [["anyOf": [["oneOf": [["items": ["$ref": "#"]]]]]]]])
        let open = String(repeating: "[", count: levels)
        let value = try JSON(parsing: open + String(repeating: "]", count: levels))
        let found = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<[String], any Error>) in
            do {
                try startThread(name: "small-stack", stackBytes: 2 << 20) {
                    continuation.resume(returning: schema.validate(value).map(\.message))
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        #expect(found == (isTooDeep ? ["more than 256 schemas apply one inside the other"] : []))
    }

    @Test func aChainOfReferencesIsBounded() throws {
        var definitions: JSONObject = ["d600": true]
        for number in 0..<600 { definitions["d\(number)"] = ["$ref": "#/$defs/d\(number + 1)"] }
        let error = try failure { try JSONSchema(["$ref": "#/$defs/d0", "$defs": .object(definitions)]) }
        #expect(error.diagnostics.first?.message == "more than 256 schemas apply one inside the other")
    }

    @Test func tooManySubschemasAreRefused() throws {
        let many = JSON.array([JSON](repeating: true, count: Limits.schemaNodesMaximum))
        let error = try failure { try JSONSchema(["allOf": many]) }
        #expect(error.diagnostics.map(\.message) == ["a schema can have 10000 subschemas"])
    }

    @Test func tooLargeSchemasAreRefused() throws {
        let text = JSON.string(String(repeating: "x", count: Limits.schemaBytesMaximum))
        #expect(try failure { try JSONSchema(["title": text]) }.message == "The schema has more than 1 MiB.")
        let error = try failure { try JSONSchema(true, documents: ["x": text]) }
        #expect(error.message == "The schema \"x\" has more than 1 MiB.")
    }

    @Test func longWaysAreRefused() throws {
        let name = String(repeating: "n", count: 2_000)
        let error = try failure { try JSONSchema(["properties": .object([name: true])]) }
        #expect(error.diagnostics.map(\.message) == ["the way to a subschema can have 1024 bytes"])
    }

    @Test func patternsAreBounded() throws {
        let many = JSONObject((0...Limits.schemaPatternsMaximum).map { ("^x\($0)$", true) })
        let tooMany = try failure { try JSONSchema(["patternProperties": .object(many)]) }
        #expect(tooMany.diagnostics.map(\.message) == ["a schema can have 128 different patterns"])
        let long = JSON.string(String(repeating: "x", count: Limits.schemaPatternBytesMaximum + 1))
        #expect(
            try failure { try JSONSchema(["pattern": long]) }.diagnostics.first?.message
                == "a pattern can have 4096 bytes")
        let large = try failure { try JSONSchema(["pattern": #"((\p{L}{100}){100})"#]) }
        #expect(large.diagnostics.count == 1)
    }

    @Test func catastrophicPatternsTakeLinearTime() throws {
        let schema = try JSONSchema(["pattern": "^(a|aa|a+)+$"])
        #expect(schema.validate(.string(String(repeating: "a", count: 1 << 20) + "!")).count == 1)
    }

    @Test func longNamesMakeNoLongAnswers() throws {
        let name = String(repeating: "n", count: 1 << 20)
        let value = JSON.object([name: ["x": 1]])
        let found = try JSONSchema(["additionalProperties": ["additionalProperties": false]]).validate(value)
        #expect(found.map(\.instancePointer) == [""])
        #expect(found.allSatisfy { $0.message.utf8.count < 200 })
    }

    @Test func manyWrongReferencesAreAnswered() throws {
        var definitions = JSONObject()
        for number in 0..<4_000 { definitions["definition\(number)"] = ["$ref": "#/$defs/definitoin\(number)"] }
        let error = try failure { try JSONSchema(["$defs": .object(definitions)]) }
        #expect(error.diagnostics.count == Limits.schemaViolationsMaximum)
    }

    @Test func manyDynamicAnchorsAreAnswered() throws {
        var definitions = JSONObject()
        for number in 0..<3_000 {
            definitions["d\(number)"] = [
                "$id": "urn:d:\(number)", "$dynamicAnchor": "a", "items": ["$dynamicRef": "#a"],
            ]
        }
        let schema = try JSONSchema(["$ref": "urn:d:7", "$defs": .object(definitions)])
        #expect(schema.isValid([[[]]]))
    }

    /// Every change of one character of a schema gives one that is read or refused; nothing traps.
    @Test func brokenSchemasAreReadOrRefused() throws {
        let text =
            ##"{"$id":"x:/a","$ref":"b#/$defs/c","$anchor":"d","type":["null"],"pattern":"^\\d[a]{2}","items":{"$dynamicRef":"#e"},"##
            + ##""$defs":{"b":{"$id":"b","$dynamicAnchor":"e","$defs":{"c":{"minLength":2.0,"multipleOf":0.1}}}},"if":false}"##
        let scalars = Array(text.unicodeScalars)
        var accepted = 0
        for place in scalars.indices {
            for strange: Unicode.Scalar in ["{", "\"", "#", "/", ":", "0", "-", "%", "~", "é"] {
                var changed = scalars
                changed[place] = strange
                do {
                    let schema = try JSONSchema(JSON(parsing: String(String.UnicodeScalarView(changed))))
                    _ = schema.validate([nil, "12", 1.5, ["a": []]])
                    accepted += 1
                } catch {
                    #expect(error is SignalboxError)
                }
            }
        }
        #expect(accepted > 100 && accepted < scalars.count * 10)
    }

    /// Frees a deep value level by level: freeing it at once would recurse as deeply.
    private static func takeApart(_ value: inout JSON) {
        while let inner = value["not"] ?? value[0] { value = inner }
    }
}
