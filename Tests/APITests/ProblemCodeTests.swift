import Core
import HTTPServer
import Testing

/// The codes of problems: programs are told of all of them.
@Suite(.timeLimit(.minutes(1)))
struct ProblemCodeTests {
    private static let sources = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Sources"

    /// The words of all codes that a room declares.
    private static func codes(in file: String) throws -> [String] {
        let text = String(decoding: try FileSystem.read("\(sources)/\(file)"), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\"")
            guard line.contains("static let"), line.contains("(rawValue: \""), parts.count == 3 else { return nil }
            return String(parts[1])
        }
    }

    @Test(arguments: ["Core/SignalboxError.swift", "HTTPServer/ErrorCodes.swift"])
    func `Every code is listed in the document with its meaning`(file: String) async throws {
        try await World.with(.inProcess) { world in
            let document = try await world.send(.get, "/api/openapi.json").json()
            let code = try #require(document["components"]?["schemas"]?["Problem"]?["properties"]?["code"])
            let listed = try #require(code["enum"]?.arrayValue).compactMap(\.stringValue)
            let declared = try Self.codes(in: file)
            #expect(declared.count > 5)
            #expect(declared.filter { !listed.contains($0) } == [])
            let meanings = try #require(code["description"]?.stringValue)
            #expect(declared.filter { !meanings.contains("`\($0)` (") } == [])
        }
    }
}
