import Core
import Engine
import Store
import Testing

@testable import Web

/// Product §4, the timeline: what belongs together is one entry.
@Suite(.timeLimit(.minutes(1)))
struct TimelineEntriesTests {
    private static let step = StepPath(rawValue: "work")

    /// The entries of these events; the last number says how many of the first stand before the stretch.
    private func entries(_ events: [(kind: String, payload: JSON)], hidden: Int = 0) throws -> [TimelineEntryView] {
        var entries = TimelineEntries(of: TaskNumber(rawValue: 7))
        for (place, event) in events.enumerated() {
            let isOfTask = event.kind.hasPrefix("task_")
            let row = EventRow(
                position: Position(rawValue: Int64(place + 1)), task: TaskNumber(rawValue: 7),
                sequence: Int64(place + 1),
                at: Timestamp(millisecondsSinceEpoch: Samples.now.millisecondsSinceEpoch + Int64(place) * 60_000),
                kind: event.kind, step: isOfTask ? nil : Self.step, run: isOfTask ? nil : RunNumber(rawValue: 1),
                payload: event.payload.bytes)
            let kind = try #require(EventKind(rawValue: event.kind))
            let entry = JournalEntry(at: row.at, kind: kind, step: row.step, run: row.run, payload: event.payload)
            try entries.note(row, try Event(entry), isShown: place >= hidden)
        }
        return entries.entries
    }

    private static let call: JSON = [
        "id": "1", "tool": "pay", "arguments": ["sum": 5], "reason": "It is due.", "confidence": 0.9,
    ]
    private static let result: JSON = ["id": "1", "parts": [["text": "paid"]], "duration_ms": 5]

    @Test func `a call and its result are one entry`() throws {
        let entries = try entries([("tool_started", Self.call), ("tool_completed", Self.result)])
        let entry = try #require(entries.first)
        guard case .tool(let call) = entry.body else { throw SignalboxError(.internal, "It is no call.") }
        #expect(entries.count == 1 && entry.state == .completed)
        #expect(call.tool == "pay" && call.reason == "It is due." && call.state == .done)
    }

    @Test func `a result whose call stands before the page knows its tool`() throws {
        let entries = try entries([("tool_started", Self.call), ("tool_completed", Self.result)], hidden: 1)
        guard case .tool(let call)? = entries.first?.body else { throw SignalboxError(.internal, "It is no call.") }
        #expect(entries.count == 1 && call.tool == "pay")
    }

    @Test func `a call that failed is red`() throws {
        let failed: JSON = ["id": "1", "error": true, "parts": [["text": "No."]]]
        let entries = try entries([("tool_started", Self.call), ("tool_completed", failed)])
        #expect(entries.map(\.state) == [.failed])
        let page = TimelinePanel.render(TimelineView(task: TaskNumber(rawValue: 7), entries: entries, total: 2)).text
        #expect(page.contains("<span class=\"label bad\">error</span>") && page.contains("tool tone-red"))
        #expect(page.contains("View tool details") && page.contains("It is due.") && page.contains("90 %"))
    }

    @Test func `a wait says how long it was`() throws {
        let waiting: JSON = ["reason": "signal", "sentence": "Waits for a signal"]
        let before = try entries([("step_waiting", ["reason": "dependency", "sentence": "Waits for a signal"])])
        #expect(before.map(\.state) == [.waiting])
        let after = try entries([
            ("step_waiting", ["reason": "dependency", "sentence": "Waits for a signal"]), ("step_queued", [:]),
        ])
        let page = TimelinePanel.render(TimelineView(task: TaskNumber(rawValue: 7), entries: after, total: 2)).text
        #expect(page.contains("for 1m 00s") && page.contains("Waits for a signal"))
        #expect(waiting["sentence"]?.stringValue == "Waits for a signal")
    }

    @Test func `a task ends with what its last agent said`() throws {
        let entries = try entries([
            ("step_completed", ["output": "x", "trace": ["summary": "All is paid.", "status": "completed"]]),
            ("task_completed", ["outputs": ["report": "r"]]),
        ])
        guard case .result(let result)? = entries.last?.body else { throw SignalboxError(.internal, "No end.") }
        #expect(result.summary == "All is paid." && result.outputs == ["report"])
    }

    @Test func `what a program wrote is folded, unless it failed`() throws {
        let trace: JSON = ["stdout": "12 files\n", "stderr": "slow disk\n", "exit_code": 0]
        let page = { (entries: [TimelineEntryView]) in
            TimelinePanel.render(TimelineView(task: TaskNumber(rawValue: 7), entries: entries, total: 2)).text
        }
        let good = page(try entries([("step_completed", ["output": nil, "trace": trace])]))
        #expect(good.contains("exit code 0") && good.contains("folded\"><summary><h3>stderr"))
        let failure: JSON = ["cause": "tool_error", "message": "It ended with exit code 2."]
        let bad = page(try entries([("step_failed", ["failure": failure, "trace": trace])]))
        #expect(bad.contains("<p class=\"bad\">tool error: It ended with exit code 2.</p>"))
        #expect(!bad.contains("folded\"><summary><h3>stderr"))
    }

    @Test func `the filter names the kinds of its subjects, and stands in the address`() {
        let filter = TimelineFilter(
            subjects: [.tools, .agents], step: StepPath(rawValue: "each/3"), tool: "read file")
        #expect(filter.query == "&show=agents&show=tools&step=each%2F3&tool=read%20file")
        #expect(filter.kinds?.contains("tool_started") == true && filter.kinds?.contains("step_started") == false)
        #expect(TimelineFilter().kinds == nil)
        let view = TimelineView(task: TaskNumber(rawValue: 7), filter: filter, entries: [], first: 9, total: 12)
        #expect(view.streamQuery == filter.query + "&from=9")
        #expect(TimelinePanel.render(view).text.contains("None of 12 events is shown by this filter."))
    }

    @Test func `every kind of event is about something`() {
        let all = Set(EventKind.allCases.map { TimelineSubject(of: $0) })
        #expect(all == Set(TimelineSubject.allCases))
    }

    @Test(arguments: HostileTextTests.texts)
    func `what is said stays text`(text: String) throws {
        func page(_ text: String) throws -> [String] {
            let said = ["thinking", "stdout", "progress"].enumerated().map { place, kind in
                SaidView(
                    step: StepPath(rawValue: text), run: RunNumber(rawValue: 1), part: place, kind: kind, text: text)
            }
            let view = TimelineView(
                task: TaskNumber(rawValue: 7), filter: TimelineFilter(step: StepPath(rawValue: text), tool: text),
                entries: [], total: 1, said: said, steps: [StepPath(rawValue: text)], tools: [text])
            return try MarkupReader.read(TimelinePanel.render(view).text).elements.map(\.name)
        }
        #expect(try page(text) == page(HostileTextTests.hidden(in: text) + "word"))
    }
}
