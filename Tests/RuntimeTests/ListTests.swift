import Core
import Plans
import Store
import Testing

@testable import Runtime

/// Lists of tasks as pages and the API ask for them.
@Suite(.timeLimit(.minutes(1)))
struct ListTests {
    @Test(
        "A day begins and ends where its viewer lives, also where clocks are changed at midnight",
        arguments: [
            ("2026-11-20", nil, "2026-11-20T00:00:00.000Z", "2026-11-20T23:59:59.999Z"),
            ("2026-11-20", "+05:30", "2026-11-19T18:30:00.000Z", "2026-11-20T18:29:59.999Z"),
            ("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z"),
            ("2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25T22:59:59.999Z"),
            ("2025-09-07", "America/Santiago", "2025-09-07T04:00:00.000Z", "2025-09-08T02:59:59.999Z"),
            ("2025-11-02", "America/Havana", "2025-11-02T04:00:00.000Z", "2025-11-03T04:59:59.999Z"),
            ("2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z", "2026-01-01T09:59:59.999Z"),
        ] as [(String, String?, String, String)])
    func days(_ day: String, _ zone: String?, _ first: String, _ last: String) throws {
        let rules = try zone.map(TimeZoneRules.named)
        #expect(TaskFilter.time(day, isEnd: false, in: rules)?.rfc3339 == first)
        #expect(TaskFilter.time(day, isEnd: true, in: rules)?.rfc3339 == last)
    }

    @Test func aTimeIsTakenAsItIs() {
        let text = "2026-11-20T15:04:05.123Z"
        #expect(TaskFilter.time(text, isEnd: true)?.rfc3339 == text)
        for text in ["", "2026-13-01", "yesterday", "2026-11-2x"] {
            #expect(TaskFilter.time(text, isEnd: false) == nil)
        }
    }

    @Test func whatEnginesWriteIsFound() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let plan = "name: greet\ninputs: { who: string }\nsteps: { hello: { set: { text: \"${{ inputs.who }}\" } } }\n"
        for who in ["Ada Lovelace", "Grace Hopper"] {
            var request = TaskRequest(plan: .source(PlanSource(path: "greet.yaml", text: plan)))
            request.inputs = ["who": .string(who)]
            request.tags = ["letters", who]
            let receipt = try await engine.submit(request)
            try await engine.waitForEnd(of: receipt.number, after: receipt.position)
        }
        var filter = TaskFilter()
        filter.text = TaskSearchText("lovelace")
        #expect(try await engine.tasks(TaskQuery(filter)).tasks.map(\.tags) == [["letters", "Ada Lovelace"]])
        filter = TaskFilter()
        (filter.plans, filter.tags) = (["greet"], ["Grace Hopper"])
        #expect(try await engine.tasks(TaskQuery(filter)).total == 1)
        let groups = try await engine.groupCounts()
        #expect(groups.map(\.group) == TaskGroup.allCases)
        #expect(groups.map(\.count) == [0, 0, 0, 0, 2, 0])
        #expect(try await engine.taskCounts(.tag).map(\.count) == [2, 1, 1])
        await engine.stopAtOnce()
    }
}
