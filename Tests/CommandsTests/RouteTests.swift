import Core
import HTTPServer
import Runtime
import TestSupport
import Testing

@testable import Commands

/// All routes of a server against the document of its API: what a program can call has to be declared.
@Suite(.timeLimit(.minutes(1)))
final class RouteTests {
    /// Where pages live; what is beside them is for programs.
    private static let pages: Set = [
        "", "live", "tasks", "approvals", "plans", "agents", "playground", "settings", "palette", "assets",
    ]
    /// The page that shows the document to people.
    private static let reference = "GET /api/docs"

    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    deinit { FileSystem.remove(directory.path + "/data") }

    @Test func `Every route is in the document, or is a page`() async throws {
        let data = DataDirectory(path: directory.path + "/data")
        let runtime = try await Runtime.start(RuntimeConfiguration(directory: data, log: .silent))
        let router = Interface.router(for: runtime, port: nil)
        let document = try JSON(parsing: try await body(of: "/api/openapi.json", router))
        await runtime.stop(grace: .zero)

        let declared = Set(
            try #require(document["paths"]?.objectValue).flatMap { path in
                (path.value.objectValue ?? [:]).map { "\($0.name.uppercased()) \(path.name)" }
            })
        let routed = Set(
            router.endpoints.filter { !Self.pages.contains(Self.beginning(of: $0.pattern)) }
                // A template has no sign for the rest of a path.
                .map { "\($0.method.rawValue) \($0.pattern)".replacing("...}", with: "}") })
        #expect(routed.subtracting(declared) == [Self.reference])
        #expect(declared.subtracting(routed) == [])
        #expect(declared.count > 30)
    }

    private func body(of target: String, _ router: Router) async throws -> [UInt8] {
        try await router.respond(to: try Request(.get, target)).body.collect()
    }

    private static func beginning(of pattern: String) -> String {
        pattern.split(separator: "/").first.map(String.init) ?? ""
    }
}
