import API
import Core
import HTTPClient
import HTTPServer
import Runtime
import Store
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventTests {
    /// More events than are kept at hand, so that a stream begins in the store and ends in memory.
    @Test func `A stream misses nothing and repeats nothing, wherever it begins`() async throws {
        try await World.with(.live) { world in
            for _ in 0..<5 { _ = try await world.run(SamplePlan.ofSteps(900)) }
            let newest = try await world.runtime.store.newestPosition().rawValue
            #expect(newest > 4_096)
            for after in [0, 1, newest - 4_097, newest - 2_000, newest - 1] {
                let expected = Array((after + 1)...newest)
                let events = try await world.events("/api/events", after: after, count: expected.count)
                #expect(events.compactMap { $0.lastID.flatMap { Int64($0) } } == expected)
            }
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A stream that waits gets what happens next`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let first = try await world.run(SamplePlan.small)
            let position = try await world.runtime.store.newestPosition().rawValue
            async let events = world.events("/api/events", after: position, count: 3)
            _ = try await world.run(SamplePlan.small)
            let heard = try await events
            #expect(heard.first?.lastID == "\(position + 1)")
            let own = try await world.events("/api/tasks/\(first)/events", after: 0, count: 3)
            let kinds = try own.map { try JSON(parsing: $0.data)["type"]?.stringValue }
            #expect(kinds.first == "task_created" && kinds.last == "task_completed", "\(kinds)")
        }
    }

    @Test func `An amount of an old journal is told as dollars`() throws {
        let row = EventRow(
            position: Position(rawValue: 9), task: TaskNumber(rawValue: 1), sequence: 2, at: .now,
            kind: "turn_completed", step: StepPath(rawValue: "a"), run: RunNumber(rawValue: 1),
            payload: Array(#"{"cost_nano_usd":2160000,"response":{"cost_nano_usd":1}}"#.utf8))
        #expect(
            try JSON(parsing: row.jsonBytes)["data"] == ["cost": "0.00216", "response": ["cost_nano_usd": 1]])
    }

    /// A task whose steps have made 9 MB.
    private static let large = """
        name: large
        inputs: { text: string }
        steps:
          each:
            for_each: \(Array(0..<150))
            steps: { one: { set: { text: "${{ inputs.text }}", n: "${{ item }}" } } }
        """

    @Test func `Answers have a bound, and say where the rest is`() async throws {
        try await World.with(.inProcess) { world in
            let text = String(repeating: "0123456789", count: 6_000)
            let made = try await world.post(
                "/api/tasks", ["plan": ["text": .string(Self.large)], "inputs": ["text": .string(text)]])
            #expect(made.status == 201, "\(made.text)")
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1))
            var seen: [Int64] = []
            var (next, pages) = (Int64(0), 0)
            while true {
                let answer = try await world.send(.get, "/api/tasks/1/events?limit=1000&after=\(next)")
                #expect(answer.body.count < 5 << 20)
                let page = try answer.json()
                seen += (page["events"]?.arrayValue ?? []).compactMap { $0["sequence"]?.intValue }
                next = try #require(page["next"]?.intValue)
                pages += 1
                guard page["has_more"] == true else { break }
            }
            #expect(pages >= 2)
            #expect(seen == Array(1...Int64(seen.count)))
            let answer = try await world.send(.get, "/api/tasks/1")
            #expect(answer.body.count < 6 << 20)
            let task = try answer.json()
            #expect(task["is_cut_off"] == true)
            let steps = task["steps"]?.arrayValue ?? []
            #expect(steps.contains { $0["output"]?["text"] == .string(text) })
            let cut = try #require(steps.last { $0["is_cut_off"] == true })
            #expect(cut["output"] == nil)
            let url = try #require(cut["url"]?.stringValue)
            #expect(try await world.send(.get, url).json()["step"]?["output"]?["text"] == .string(text))
        }
    }

    @Test func `A page says exactly whether there is another one`() async throws {
        try await World.with(.inProcess) { world in
            _ = try await world.run(SamplePlan.ofSteps(600))
            let all = try await world.send(.get, "/api/tasks/1/events?limit=1000").json()
            let count = try #require(all["events"]?.arrayValue?.count)
            #expect(count > 500 && count < 1_000 && all["has_more"] == false)
            for limit in [250, 251, 500, 501, count - 1] {
                let page = try await world.send(.get, "/api/tasks/1/events?limit=\(limit)").json()
                #expect(page["events"]?.arrayValue?.count == limit && page["has_more"] == true)
            }
            let page = try await world.send(.get, "/api/tasks/1/events?limit=\(count)").json()
            #expect(page["events"]?.arrayValue?.count == count && page["has_more"] == false)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Pages follow one another`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            _ = try await world.run(SamplePlan.ofSteps(20))
            var seen: [Int64] = []
            var next: Int64 = 0
            while true {
                let page = try await world.send(.get, "/api/tasks/1/events?limit=7&after=\(next)").json()
                let events = page["events"]?.arrayValue ?? []
                #expect(events.count <= 7)
                seen += events.compactMap { $0["sequence"]?.intValue }
                next = try #require(page["next"]?.intValue)
                guard page["has_more"] == true else { break }
            }
            #expect(seen == Array(1...Int64(seen.count)))
            #expect(seen.count >= 22)
        }
    }
}
