import Core
import Plans
import Testing

/// The public test suite of JSON Schema, draft 2020-12.
@Suite(.timeLimit(.minutes(1)))
struct SchemaConformanceTests {
    @Test(
        "Every value of a group is valid or not as the suite says",
        .enabled(if: SchemaSuite.isPresent, "../shared/data/json-schema/draft2020-12.jsonl is not beside the checkout"),
        arguments: SchemaSuite.groups)
    func conformance(group: SchemaSuite.Group) throws {
        let schema = try JSONSchema(group.schema)
        for test in group.tests {
            let violations = schema.validate(test.data)
            #expect(violations.isEmpty == test.isValid, "\(group.name): \(test.name): \(violations)")
            #expect(schema.isValid(test.data) == test.isValid, "\(group.name): \(test.name)")
        }
    }

    @Test(
        "The data has all of its groups",
        .enabled(if: SchemaSuite.isPresent, "../shared/data/json-schema/draft2020-12.jsonl is not beside the checkout"))
    func groupCount() {
        #expect(SchemaSuite.groups.count == 266)
        #expect(SchemaSuite.groups.allSatisfy { !$0.tests.isEmpty })
    }
}

/// The groups, read from the file that lies beside the checkout.
enum SchemaSuite {
    struct Group: Sendable, CustomTestStringConvertible {
        var name: String
        var schema: JSON
        var tests: [Case]

        var testDescription: String { "\(name) (\(tests.count) cases)" }
    }

    struct Case: Sendable {
        var name: String
        var data: JSON
        var isValid: Bool
    }

    static var isPresent: Bool { !groups.isEmpty }

    static let groups: [Group] = {
        // Tests/PlansTests/JSONSchema/SchemaConformanceTests.swift stands three folders below the root of the checkout.
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let path = "/\(root)/../shared/data/json-schema/draft2020-12.jsonl"
        do {
            guard FileSystem.exists(path) else { return [] }
            return try FileSystem.read(path).split(separator: 0x0A).map { try group(JSON(parsing: Array($0))) }
        } catch {
            preconditionFailure("malformed data: \(error)")
        }
    }()

    private static func group(_ line: JSON) throws -> Group {
        let tests = try #require(line["tests"]?.arrayValue).map { test in
            Case(
                name: try #require(test["description"]?.stringValue), data: try #require(test["data"]),
                isValid: try #require(test["valid"]?.boolValue as Bool?))
        }
        let file = try #require(line["file"]?.stringValue)
        let description = try #require(line["description"]?.stringValue)
        return Group(name: "\(file): \(description)", schema: try #require(line["schema"]), tests: tests)
    }
}
