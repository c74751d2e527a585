import Core
import HTTPServer
import Testing

/// `/metrics`, as far as its figures can be known; that Prometheus' format is kept is for `e2e/test_api_http.py`.
@Suite(.timeLimit(.minutes(1)))
struct MetricsTests {
    /// The value behind each name with its label.
    private func figures(_ world: World) async throws -> [String: String] {
        let answer = try await world.send(.get, "/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        let lines = answer.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), parts.dropFirst().joined())
            })
    }

    @Test(arguments: World.Transport.allCases)
    func `What has happened is counted, and what is now is told`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let before = try await figures(world)
            #expect(before["signalbox_tasks_created_total"] == "0")
            #expect(before["signalbox_tasks{status=\"running\"}"] == "0")
            _ = try await world.run(SamplePlan.small)
            _ = try await world.run("name: failing\nsteps:\n  a:\n    command: ['false']\n")
            let asking = "name: asking\nsteps:\n  a:\n    approval: {title: Sure?}\n"
            let answer = try await world.post("/api/tasks", ["plan": ["text": .string(asking)]])
            _ = try await world.openRequest(of: try #require(try answer.json()["number"]?.intValue))

            let after = try await figures(world)
            #expect(after["signalbox_info{version=\"\(Version.number)\"}"] == "1")
            #expect(after["signalbox_tasks_created_total"] == "3")
            #expect(after["signalbox_tasks_ended_total{status=\"completed\"}"] == "1")
            #expect(after["signalbox_tasks_ended_total{status=\"failed\"}"] == "1")
            for (status, count) in [("waiting", "1"), ("completed", "1"), ("failed", "1"), ("cancelled", "0")] {
                #expect(after["signalbox_tasks{status=\"\(status)\"}"] == count)
            }
            for (group, count) in [("approval_required", "1"), ("finished", "1"), ("failed", "1"), ("running", "0")] {
                #expect(after["signalbox_tasks_by_group{group=\"\(group)\"}"] == count)
            }
            #expect(after["signalbox_open_requests"] == "1")
            #expect(after["signalbox_model_calls_total"] == "0")
            #expect(after["signalbox_events_total{type=\"decision_requested\"}"] == "1")
            let total = after.filter { $0.key.hasPrefix("signalbox_events_total") }.values.compactMap { Int64($0) }
            #expect(total.reduce(0, +) == after["signalbox_journal_position"].flatMap { Int64($0) })
            #expect(after["signalbox_commits_total"].flatMap { Int64($0) } ?? 0 >= 3)
            #expect(after["process_resident_memory_bytes"].flatMap { Int64($0) } ?? 0 > 1 << 20)
            #expect(after["signalbox_uptime_seconds"].flatMap { Double($0) } ?? -1 >= 0)
        }
    }
}
