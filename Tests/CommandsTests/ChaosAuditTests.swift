import Core
import Testing

@testable import Client
@testable import Commands

/// What counts as lost and as duplicated, on histories that are made up: a server that keeps its word gives none.
@Suite(.timeLimit(.minutes(1)))
struct ChaosAuditTests {
    /// One task from its request to its end, as the journal tells it and as the ledger has seen it.
    struct History {
        var accepted: [String: Int64] = ["a": 1]
        var arrivals: [ChaosRecord.Arrival] = []
        var seen: [JSON] = []
        var final: [JSON] = []

        static func honest() -> History {
            var history = History()
            history.tell("task_created", data: ["inputs": ["key": "a"]])
            for (name, isRecorded) in ChaosPlan.steps {
                if isRecorded {
                    history.tell("step_started", step: name)
                    history.arrive(name)
                }
                history.tell("step_completed", step: name)
            }
            history.tell("task_completed", data: ["outputs": ["value": .int(ChaosPlan.result(start: 1))]])
            return history
        }

        mutating func tell(_ type: String, step: String? = nil, data: JSON = [:], isSeen: Bool = true) {
            var event: JSONObject = [
                "position": .int(Int64(final.count + 1)), "task": 1, "at": "2026-11-20T17:22:06.533Z",
                "type": .string(type), "data": data,
            ]
            event["step"] = step.map(JSON.string)
            final.append(.object(event))
            if isSeen { seen.append(.object(event)) }
        }

        mutating func arrive(_ step: String, key: String? = nil, isAfterCompletion: Bool = false) {
            arrivals.append(
                ChaosRecord.Arrival(
                    step: ChaosStep(task: "a", name: step), idempotencyKey: key ?? step,
                    isAfterCompletion: isAfterCompletion))
        }

        func findings() throws -> ChaosAudit.Findings {
            try ChaosAudit(accepted: accepted, arrivals: arrivals, seen: Self.read(seen), final: Self.read(final))
                .findings()
        }

        private static func read(_ events: [JSON]) throws -> ChaosJournal {
            var journal = ChaosJournal()
            for event in events { try journal.read(try TaskEvent(event)) }
            return journal
        }
    }

    @Test func nothingIsFoundWhereNothingIsWrong() throws {
        let findings = try History.honest().findings()
        #expect(findings.lost == [])
        #expect(findings.duplicated == [])
        #expect(findings.repeatedInFlight == 0)
    }

    @Test func aStepThatWasUnderWayMayHappenAgain() throws {
        var history = History()
        history.tell("task_created", data: ["inputs": ["key": "a"]])
        history.tell("step_started", step: "reserve")
        history.arrive("reserve")
        history.tell("step_started", step: "reserve")
        history.arrive("reserve")
        history.accepted = [:]
        let findings = try history.findings()
        #expect(findings.lost == [])
        #expect(findings.duplicated == [])
        #expect(findings.repeatedInFlight == 1)
    }

    /// What a server that does not keep its word does, and how much of it is lost and how much duplicated.
    static let faults: [(name: String, lost: Int, duplicated: Int, spoil: @Sendable (inout History) -> Void)] = [
        ("an accepted task is gone", 1, 0, { $0.accepted["b"] = 2 }),
        ("a task does not end", 1, 0, { $0.final.removeLast() }),
        ("a task ends with another result", 1, 0, { $0.accepted["a"] = 2 }),
        (
            "a finished step is gone, and its task ends all the same", 2, 0,
            { history in history.final.removeAll { $0["type"] == "step_completed" && $0["step"] == "price" } }
        ),
        ("a step finishes that never happened", 1, 0, { $0.arrivals.removeLast() }),
        ("two steps come under one key", 1, 0, { $0.arrivals[1].idempotencyKey = "reserve" }),
        ("a finished step happens again", 0, 1, { $0.arrive("left", isAfterCompletion: true) }),
        ("a step happens more often than it begins", 0, 1, { $0.arrive("left") }),
        ("a finished step begins again", 0, 1, { $0.tell("step_started", step: "left", isSeen: false) }),
        ("a computed step finishes again", 0, 1, { $0.tell("step_completed", step: "sum", isSeen: false) }),
        (
            "a repetition comes under another key", 0, 1,
            { history in
                history.final.insert(history.final[1], at: 2)
                history.arrive("reserve", key: "other")
            }
        ),
        (
            "a task is made twice", 0, 1,
            { $0.tell("task_created", data: ["inputs": ["key": "a"]], isSeen: false) }
        ),
    ]

    @Test(arguments: faults.indices)
    func everyFaultIsCounted(place: Int) throws {
        let fault = Self.faults[place]
        var history = History.honest()
        fault.spoil(&history)
        let findings = try history.findings()
        #expect(findings.lost.count == fault.lost, "\(fault.name): \(findings.lost)")
        #expect(findings.duplicated.count == fault.duplicated, "\(fault.name): \(findings.duplicated)")
    }
}
