import Core
import Engine
import Store
import Testing

@testable import Web

/// Events of the journal as lines of the timeline.
@Suite(.timeLimit(.minutes(1)))
struct TimelineTests {
    private func lines(_ events: [(kind: String, payload: JSON)]) throws -> [String] {
        let rows = events.enumerated().map { place, event in
            EventRow(
                position: Position(rawValue: Int64(place + 1)), task: TaskNumber(rawValue: 7),
                sequence: Int64(place + 1), at: Samples.now, kind: event.kind, step: StepPath(rawValue: "work"),
                run: RunNumber(rawValue: 1), payload: event.payload.bytes)
        }
        return try EventView.timeline(rows[...]).map(\.sentence)
    }

    private static let turn: JSON = ["calls": [["id": "1", "tool": "pay"], ["id": "2", "tool": "look"]]]
    private static let failure: JSON = ["id": "1", "error": true, "parts": [["text": "No."]]]

    @Test func `a call that failed is named, whether it was made or not`() throws {
        let called: JSON = ["id": "1", "tool": "pay"]
        #expect(
            try lines([("turn_completed", Self.turn), ("tool_completed", Self.failure)]).last
                == "a call of pay failed: No.")
        #expect(
            try lines([("tool_started", called), ("tool_completed", Self.failure)]).last == "a call of pay failed: No.")
    }

    @Test(arguments: ["step_started", "turn_completed"])
    func `a call of an earlier turn lends no name`(kind: String) throws {
        let events: [(kind: String, payload: JSON)] = [
            ("turn_completed", Self.turn), (kind, [:]), ("tool_completed", Self.failure),
        ]
        #expect(try lines(events).last == "a tool call failed: No.")
    }
}
