import Core
import Testing

@testable import Client
@testable import Commands

/// Loops, branches, waits and retries as a follower sees them.
@Suite(.timeLimit(.minutes(1)))
struct TreeTests {
    private static let tree = ProgressTree(style: Style(hasColours: false))
    /// 12:00:10, when the spinner shows its first frame.
    private static let now = Timestamp(millisecondsSinceEpoch: 1_795_176_010_000)

    /// A loop over two steps, and a branch.
    private static func progress() throws -> TaskProgress {
        var object = Samples.summary()
        object["outputs"] = nil
        let body: JSON = [["name": "read", "kind": "command"], ["name": "check", "kind": "set"]]
        let path: JSON = [["name": "send", "kind": "http"]]
        object["steps"] = [
            [
                "path": "each", "kind": "for_each", "status": "queued", "needs": [],
                "blocks": [["name": "", "steps": body]],
            ],
            [
                "path": "route", "kind": "branch", "status": "queued", "needs": [],
                "blocks": [["name": "large", "steps": path]],
            ],
        ]
        return TaskProgress(before: try TaskDetails(.object(object)))
    }

    private static func progress(after bodies: [(type: String, step: String?, data: JSON)]) throws -> TaskProgress {
        var progress = try progress()
        for event in try Samples.events(bodies) { progress.apply(event) }
        return progress
    }

    private static let loop: [(type: String, step: String?, data: JSON)] = [
        ("loop_started", "each", ["items": [1, 2, 3, 4]]), ("iteration_started", "each/0", [:]),
        ("iteration_started", "each/1", [:]), ("step_started", "each/0/read", [:]),
        ("step_completed", "each/0/read", ["output": 1]), ("step_completed", "each/0/check", ["output": 1]),
        ("iteration_completed", "each/0", ["output": 1]), ("step_started", "each/1/read", [:]),
    ]

    @Test func `iterations that have ended are folded into counts`() throws {
        let progress = try Self.progress(after: Self.loop)
        #expect(
            Self.tree.lines(progress, at: Self.now, columns: 70) == [
                "#7 invoices: June",
                "████░░░░░░░░░░░░░░░░  Running · step 3 of 9 · 9.0 s",
                "├─ ⠋ each         for_each    9.0 s  1 of 4",
                "│  └─ ⠋ #1        iteration   7.0 s",
                "│     ├─ ⠋ read   command     2.0 s",
                "│     └─ ○ check  set",
                "└─ ○ route        branch",
            ])
    }

    @Test func `what fails in a loop is counted, and a retry takes it up`() throws {
        var progress = try Self.progress(
            after: Self.loop + [
                ("step_failed", "each/1/read", ["failure": ["cause": "tool_error", "message": "no"]]),
                ("iteration_failed", "each/1", ["failure": ["cause": "tool_error", "message": "no"]]),
            ])
        #expect(progress.step("each")?.loop?.text == "2 of 4, 1 failed")
        #expect(progress.counts.failed == 1)
        #expect(progress.step("each/1") == nil)
        progress.apply(try Samples.events([("retry_requested", nil, [:])])[0])
        #expect(progress.status == .running)
    }

    @Test func `a branch says which path it has taken and why`() throws {
        let reason: JSON = [
            "considered": [["path": "large", "holds": true, "explanation": ["expression": "inputs.amount > 1000"]]]
        ]
        let progress = try Self.progress(
            after: [
                ("branch_chosen", "route", ["path": "large", "reason": reason]),
                ("step_started", "route/large/send", [:]),
            ])
        let lines = Self.tree.lines(progress, at: Self.now, columns: 90)
        #expect(lines.contains { $0.contains("route") && $0.contains("→ large: inputs.amount > 1000") })
        #expect(lines.contains { $0.hasPrefix("   └─ ⠋ send") })
        let chosen: JSON = ["path": "large", "reason": ["agent": "clerk", "reason": "It is a lot."]]
        #expect(
            try Self.progress(after: [("branch_chosen", "route", chosen)]).step("route")?.note
                == "→ large: It is a lot.")
    }

    @Test func `a wait says until when, a retry when it runs again`() throws {
        let soon = JSON.int(Self.now.millisecondsSinceEpoch + 4_000)
        let waits = try Self.progress(
            after: [
                ("step_waiting", "route", ["reason": "timer", "sentence": "Waits until then.", "until": soon]),
                ("step_retrying", "each", ["failure": ["cause": "tool_error", "message": "no room"], "until": soon]),
            ])
        #expect(waits.mayWait && waits.shownStatus == .waiting)
        let lines = Self.tree.lines(waits, at: Self.now, columns: 100)
        let time = Quantity.timeOfDay(Timestamp(millisecondsSinceEpoch: Self.now.millisecondsSinceEpoch + 4_000))
        #expect(lines.contains { $0.contains("runs again at \(time), 4.0 s left · run 1 failed: no room") })
        #expect(lines.contains { $0.hasSuffix("until \(time), 4.0 s left") })
    }

    @Test func `requests and children are known by events`() throws {
        let request: JSON = ["ordinal": 2, "kind": "approval", "title": "Send it?"]
        var progress = try Self.progress(after: [("decision_requested", "route", request)])
        #expect(progress.openRequests == ["7-2"])
        #expect(progress.step("route")?.note == "7-2 Send it?")
        progress.apply(try Samples.events([("decision_made", "route", ["verdict": "approve", "by": "anna"])])[0])
        #expect(progress.openRequests == [])
        progress.apply(try Samples.events([("child_started", "route", ["task": 9])])[0])
        #expect(progress.waitsForChild && progress.mayWait)
    }
}
