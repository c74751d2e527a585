import Core
import Plans
import Testing

/// What docs/json-schema.md shows is true.
@Suite(.timeLimit(.minutes(1)))
struct SchemaDocumentTests {
    @Test func theExampleIsToldAsTheDocumentSays() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let text = String(decoding: try FileSystem.read("/\(root)/docs/json-schema.md"), as: UTF8.self)
        let parts = text.split(separator: "```", omittingEmptySubsequences: false).map(String.init)
        let blocks = parts.indices.filter { $0 % 2 == 1 }.map { parts[$0].split(separator: "\n", maxSplits: 1) }
        try #require(blocks.map { $0.first } == ["json", "json", "text"])
        let schema = try JSONSchema(JSON(parsing: String(blocks[0][1])))
        let told = schema.validate(try JSON(parsing: String(blocks[1][1]))).map { finding in
            "\(finding.instancePointer): \(finding.message)" + (finding.hint.map { " (\($0))" } ?? "")
        }
        #expect(told == blocks[2][1].split(separator: "\n").map(String.init))
    }
}
