import Core
import Synchronization
import Testing

@testable import Client
@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct ProgressTests {
    private static let tree = ProgressTree(style: Style(hasColours: false))
    /// 12:00:10, when the spinner shows its first frame.
    private static let now = Timestamp(millisecondsSinceEpoch: 1_795_176_010_000)

    private static func progress() throws -> TaskProgress {
        var progress = TaskProgress(before: try Samples.details())
        let events = try Samples.events([
            ("task_created", nil, [:]), ("step_started", "read", [:]),
            ("step_completed", "read", ["output": ["files": 14]]), ("step_started", "check", [:]),
            ("step_started", "summary", [:]),
            ("turn_completed", "summary", ["model": "script/a.yaml", "usage": ["input": 1000, "output": 204]]),
            ("step_failed", "check", ["failure": ["cause": "tool_error", "message": "exit\u{1B}[2J code 1"]]),
        ])
        for event in events { progress.apply(event) }
        return progress
    }

    @Test func `a tree shows every step with what is known of it`() throws {
        #expect(
            Self.tree.lines(try Self.progress(), at: Self.now, columns: 80) == [
                "#7 invoices: June",
                "█████████████░░░░░░░  Running · step 3 of 3 · 8.0 s · 1,204 tokens",
                "├─ ✓ read     command   1.0 s                files: 14",
                "├─ ✗ check    command   3.0 s                exit<U+001B>[2J code 1",
                "└─ ⠋ summary  agent     5.0 s  1,204 tokens",
            ])
    }

    @Test(arguments: [1, 2, 5, 8, 12, 20, 30, 40, 60, 100, 300])
    func `no line is wider than the terminal`(_ columns: Int) throws {
        var progress = try Self.progress()
        progress.name = "請求書 \u{1B}]0;x\u{07}" + String(repeating: "長い名前", count: 40)
        progress.steps[0].name = String(repeating: "段", count: 30)
        progress.steps[1].note = String(repeating: "🙂", count: 200)
        for style in [Style(hasColours: false), Style(hasColours: true)] {
            for line in ProgressTree(style: style).lines(progress, at: Self.now, columns: columns) {
                // Icon and branch of a step are never cut.
                #expect(DisplayText.width(DisplayText.uncoloured(line)) <= max(columns, 6))
            }
        }
    }

    @Test func `steps that find no room are counted`() throws {
        let steps = (1...50).map { (name: "step\($0)", kind: "set") }
        var progress = TaskProgress(before: try Samples.details(steps: steps))
        for place in 0..<20 { progress.steps[place].status = .completed }
        progress.steps[20].status = .running
        let lines = Self.tree.lines(progress, at: Self.now, columns: 60, rows: 10)
        #expect(lines.count == 10)
        #expect(lines[2] == "   … 18 steps above")
        #expect(lines.contains { $0.contains("step21") })
        #expect(lines[9] == "   … 26 steps below")
        #expect(Self.tree.lines(progress, at: Self.now, columns: 60).count == 52)
    }

    @Test func `what a step stood idle is no part of its time`() throws {
        var progress = TaskProgress(before: try Samples.details())
        let failure: JSON = ["failure": ["cause": "tool_error", "message": "exit code 1"]]
        let events = try Samples.events([
            ("step_started", "read", [:]), ("step_started", "check", [:]), ("step_interrupted", "read", [:]),
            ("step_started", "read", [:]), ("step_completed", "read", ["output": 1]), ("step_failed", "check", failure),
            ("task_failed", nil, failure), ("retry_requested", nil, [:]), ("step_started", "check", [:]),
            ("step_completed", "check", ["output": 1]),
        ])
        for event in events { progress.apply(event) }
        #expect(progress.step("read")?.milliseconds == 2_000, "from 1 to 2 and from 4 to 5")
        #expect(progress.step("check")?.milliseconds == 5_000, "from 2 to 6 and from 9 to 10")
    }

    @Test func `what a step waits for after a retry is part of the time of all around it`() throws {
        var progress = TaskProgress(before: try Samples.details(steps: [(name: "each", kind: "for_each")]))
        let failure: JSON = ["failure": ["cause": "tool_error", "message": "exit code 1"]]
        let asked: JSON = ["kind": "approval", "ordinal": 1]
        let events = try Samples.events([
            ("loop_started", "each", ["times": 1]), ("iteration_started", "each/0", [:]),
            ("decision_requested", "each/0/ask", asked), ("step_failed", "each/0/broken", failure),
            ("step_cancelled", "each/0/ask", [:]), ("iteration_failed", "each/0", failure),
            ("step_failed", "each", failure), ("task_failed", nil, failure), ("retry_requested", nil, [:]),
            ("decision_requested", "each/0/ask", asked), ("decision_made", "each/0/ask", ["ordinal": 1]),
            ("step_completed", "each/0/ask", ["output": 1]), ("step_completed", "each", ["output": 1]),
        ])
        for event in events { progress.apply(event) }
        #expect(progress.step("each")?.milliseconds == 9_000, "from 1 to 7 and from 10 to 13")
    }

    @Test func `skipped steps do not count`() throws {
        var progress = TaskProgress(before: try Samples.details())
        let events = try Samples.events([
            ("step_started", "read", [:]), ("step_completed", "read", ["output": 1]),
            ("step_skipped", "check", ["condition": "inputs.check"]),
        ])
        for event in events { progress.apply(event) }
        #expect(progress.counts == StepCounts(current: 2, total: 2, finished: 1, failed: 0))
        progress.status = .completed
        #expect(progress.counts.current == 1)
    }

    @Test func `a task may wait when a step does and nothing else is at work`() throws {
        var progress = TaskProgress(before: try Samples.details())
        let events = try Samples.events([
            ("step_started", "read", [:]), ("step_started", "check", [:]),
            ("step_waiting", "read", ["reason": "in_doubt"]), ("step_completed", "check", ["output": 1]),
        ])
        #expect(
            events.map { event in
                progress.apply(event)
                return progress.mayWait
            } == [false, false, false, true])
    }

    @Test func `plain lines say what happened`() throws {
        var progress = TaskProgress(before: try Samples.details())
        let events = try Samples.events([
            ("task_created", nil, [:]), ("step_started", "read", [:]),
            ("step_completed", "read", ["output": nil]), ("step_started", "summary", [:]),
            ("turn_completed", "summary", ["model": "a/b", "usage": ["input": 1000, "output": 204]]),
            ("step_failed", "summary", ["failure": ["cause": "timeout", "message": "too slow\nreally"]]),
            ("step_skipped", "check", ["condition": "false"]),
            ("task_failed", nil, ["failure": ["cause": "timeout", "message": "too slow"]]),
            ("from_the_future", "read", [:]),
        ])
        let lines = events.map { event in
            progress.apply(event)
            return EventLine.text(event, in: progress)
        }
        #expect(
            lines == [
                "task #7 created: invoices: June", "read: started", "read: completed in 1.0 s", "summary: started",
                "summary: a/b answered, 1,204 tokens", "summary: failed after 2.0 s: too slow really",
                "check: skipped, not met: false", "task #7: failed: too slow", "read: from_the_future",
            ])
    }

    @Test func `a call that was not made is told with the name of its tool`() throws {
        var progress = TaskProgress(before: try Samples.details())
        let events = try Samples.events([
            ("step_started", "summary", [:]),
            (
                "turn_completed", "summary",
                ["model": "a/b", "calls": [["id": "1", "tool": "pay"], ["id": "2", "tool": "look"]]]
            ),
            ("tool_started", "summary", ["id": "2", "tool": "look"]),
            (
                "tool_completed", "summary",
                ["id": "1", "error": true, "parts": [["text": "⟦data 1 from pay⟧\nNo such tool.\n⟦end of data 1⟧"]]]
            ),
            ("tool_completed", "summary", ["id": "2", "parts": []]),
        ])
        let lines = events.map { event in
            progress.apply(event)
            return EventLine.text(event, in: progress)
        }
        #expect(lines[3].hasPrefix("summary: pay failed after ") && lines[3].hasSuffix(": No such tool."))
        #expect(lines[4].hasPrefix("summary: look has answered in "))
    }

    @Test func `the terminal is redrawn in place and gets its cursor back`() throws {
        let written = Mutex("")
        let output = Output(isTerminal: true, size: Output.Size(columns: 60, rows: 20)) { bytes in
            written.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
        let tree = LiveTree(output, style: Style(hasColours: false))
        func taken() -> String {
            written.withLock { text in
                defer { text = "" }
                return text
            }
        }
        let progress = try Self.progress()
        tree.draw(progress, at: Self.now)
        #expect(taken().contains("\u{1B}[?25l"))
        tree.draw(progress, at: Self.now)
        let second = taken()
        #expect(second.contains("\r\u{1B}[5A") && !second.contains("\u{1B}[?25l"))
        tree.leave()
        #expect(taken() == "\u{1B}[?25h")
        tree.leave()
        #expect(taken() == "")
        tree.draw(progress, at: Self.now)
        #expect(!taken().contains("A#7"))
        tree.finish(progress, at: Self.now)
        #expect(taken().contains("\u{1B}[?25h"))
    }
}
