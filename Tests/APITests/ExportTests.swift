import API
import Core
import Engine
import Exports
import HTTPServer
import Runtime
import Store
import Testing

/// Exports of tasks, as the API gives them.
@Suite(.timeLimit(.minutes(1)))
struct ExportTests {
    /// Its output is too wide for a row of the journal, and it keeps two files, of which one is too large to embed.
    private static let plan = """
        name: exported
        steps:
          wide:
            command: [sh, -c, "head -c 70000 /dev/zero | tr '\\\\0' x; printf small > small; head -c 300000 /dev/zero > large"]
            outputs: { files: [small, large] }
        outputs: { length: "${{ size(steps.wide.output) }}" }
        """

    private func run(_ world: World) async throws -> TaskNumber {
        let answer = try await world.post(
            "/api/tasks",
            [
                "plan": ["text": .string(Self.plan)],
                "name": "Größe <b> / it",
            ])
        #expect(answer.status == 201, "\(answer.text)")
        let number = TaskNumber(rawValue: try #require(try answer.json()["number"]?.intValue))
        #expect(try await world.runtime.waitForEnd(of: number) == .completed)
        return number
    }

    @Test(arguments: World.Transport.allCases)
    func `An export has all events with their payloads whole`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let number = try await run(world)
            let answer = try await world.send(.get, "/api/tasks/\(number.rawValue)/export")
            #expect(answer.status == 200)
            #expect(answer.headers["Content-Type"] == "application/json")
            let name = "task-\(number.rawValue)-gr-e-b-it.json"
            let disposition = "attachment; filename=\"\(name)\"; filename*=UTF-8''\(name)"
            #expect(answer.headers["Content-Disposition"] == disposition)
            let report = try ExportVerifier.verify(answer.body)
            #expect(report.isWhole, "\(report.fault?.sentence ?? "")")
            let records = try #require(try answer.json()["records"]?.arrayValue).compactMap { $0["record"] }
            #expect(records.count == report.records)
            #expect(records.map { $0["sequence"] } == (0..<records.count).map { .int(Int64($0)) })

            let head = try #require(records.first)
            #expect(head["signalbox"] == .string(Version.number))
            #expect(head["task"]?["name"] == "Größe <b> / it" && head["task"]?["status"] == "completed")
            #expect(head["plan"]?["text"] == .string(Self.plan))
            #expect(head["plan"]?["hash"]?.stringValue?.utf8.count == 64)

            let events = try await world.runtime.store.events(after: .zero, of: number, limit: 100)
            let exported = records.filter { $0["kind"] == "event" }
            #expect(exported.map { $0["type"]?.stringValue } == events.map(\.kind))
            #expect(exported.map { $0["position"]?.intValue } == events.map(\.position.rawValue))
            let completed = try #require(exported.first { $0["type"] == "step_completed" })
            #expect(completed["data"]?["output"]?.stringValue?.utf8.count == 70_000)
        }
    }

    @Test func `Small files are embedded, others are named`() async throws {
        try await World.with(.inProcess) { world in
            let number = try await run(world)
            let document = try await world.send(.get, "/api/tasks/\(number.rawValue)/export?format=json").json()
            let records = (document["records"]?.arrayValue ?? []).compactMap { $0["record"] }
            let files = records.filter { $0["kind"] == "file" }
            #expect(files.map { $0["name"] } == ["small", "large"])
            #expect(files.map { $0["size"] } == [5, 300_000])
            #expect(files.allSatisfy { $0["step"] == "wide" && $0["sha256"] != nil })
            #expect(files.map { $0["content"] } == [.string(Base64.encode(Array("small".utf8))), nil])
        }
    }

    @Test(arguments: [
        ("/api/tasks/9/export", 404, "not_found"), ("/api/tasks/1/export?format=pdf", 422, "invalid_input"),
        ("/api/tasks/1/export?form=json", 422, "invalid_input"),
        ("/api/tasks/1/export?format=html", 422, "invalid_input"),
    ])
    func `What cannot be exported is said`(target: String, status: Int, code: String) async throws {
        try await World.with(.live) { world in
            #expect(try await world.run(SamplePlan.small) == 1)
            let answer = try await world.send(.get, target)
            #expect(answer.status == status)
            #expect(answer.headers["Content-Type"] == "application/problem+json")
            #expect(try answer.json()["code"] == .string(code))
        }
    }

    @Test func `A task that runs is exported as it is`() async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/tasks", ["plan": ["text": .string(SamplePlan.endless)]])
            let number = try #require(try answer.json()["number"]?.intValue)
            let export = try await world.send(.get, "/api/tasks/\(number)/export")
            #expect(try ExportVerifier.verify(export.body).isWhole)
        }
    }
}
