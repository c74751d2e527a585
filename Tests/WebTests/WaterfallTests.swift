import Core
import Store
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct WaterfallTests {
    private static let start = Samples.now

    private static func after(_ milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: start.millisecondsSinceEpoch + milliseconds)
    }

    private func record(
        _ events: [(at: Int64, kind: String, payload: JSON)], secondRunFrom second: Int64 = .max
    ) throws -> WaterfallRecord {
        var record = WaterfallRecord()
        for (ordinal, event) in events.enumerated() {
            let row = EventRow(
                position: Position(rawValue: Int64(ordinal + 1)), task: TaskNumber(rawValue: 1),
                sequence: Int64(ordinal + 1), at: Self.after(event.at), kind: event.kind,
                step: StepPath(rawValue: "a"), run: RunNumber(rawValue: event.at < second ? 1 : 2),
                payload: Array(event.payload.text.utf8))
            try record.note(row) { try JSON(parsing: row.payload) }
        }
        return record
    }

    private func words(_ bars: [WaterfallBar]) -> [String] {
        bars.map { bar in
            let offset = { (moment: Timestamp) in moment.milliseconds(since: Self.start) }
            return
                "\(bar.kind.rawValue) \(bar.state.rawValue) \(offset(bar.from))-\(bar.to.map { "\(offset($0))" } ?? "")"
        }
    }

    @Test func retriesAreBarsOfTheirOwn() throws {
        let record = try record([
            (0, "step_started", [:]), (100, "step_retrying", [:]), (400, "step_started", [:]),
            (900, "step_completed", [:]),
        ])
        #expect(words(record.bars) == ["work failed 0-100", "wait waiting 100-400", "work completed 400-900"])
    }

    @Test func aPersonIsAskedInTheMiddleOfARun() throws {
        let record = try record([
            (0, "step_started", [:]), (50, "decision_requested", [:]), (50, "step_waiting", ["reason": "approval"]),
            (800, "decision_made", [:]), (800, "step_resumed", [:]),
        ])
        #expect(words(record.bars) == ["work completed 0-50", "human approvalRequired 50-800", "work running 800-"])
    }

    @Test func turnsLastAsLongAsTheirAnswersTook() throws {
        let record = try record([
            (0, "step_started", [:]), (300, "turn_completed", ["model": "p/m", "duration_ms": 200]),
            (310, "tool_started", ["id": "c1", "tool": "read"]), (350, "tool_completed", ["id": "c1", "error": true]),
            (360, "tool_started", ["id": "c2", "tool": "write"]), (380, "step_cancelled", [:]),
        ])
        #expect(
            words(record.parts.map(\.bar)) == [
                "turn completed 100-300", "tool failed 310-350", "tool cancelled 360-380",
            ])
        #expect(record.parts.map(\.name) == ["Turn 1", "read", "write"])
    }

    @Test func turnsAreCountedWithinTheirRunAsInTheRecord() throws {
        let record = try record(
            [
                (0, "step_started", [:]), (100, "turn_completed", [:]), (200, "turn_completed", [:]),
                (210, "step_retrying", [:]), (300, "step_started", [:]), (400, "turn_completed", [:]),
            ], secondRunFrom: 300)
        #expect(record.parts.map(\.name) == ["Turn 1", "Turn 2", "Turn 1"])
    }

    private static let axes: [(length: Int64, isOpen: Bool, marks: [Int64])] = [
        (0, false, [0]), (850, false, [0, 100, 200, 300, 400, 500, 600, 700]),
        (61_000, true, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]),
        (36_000_000, false, [0, 7_200_000, 14_400_000, 21_600_000, 28_800_000]),
    ]

    @Test(arguments: axes)
    func theAxisHasRoundMarks(length: Int64, isOpen: Bool, marks: [Int64]) {
        let axis = TimeAxis(from: Self.start, to: Self.after(length), isOpen: isOpen)
        #expect(axis.marks.map(\.milliseconds) == marks && axis.marks.map(\.offset) == marks)
        if isOpen { #expect(axis.to > Self.after(length)) }
    }

    private static func stretch(_ from: Int64, _ to: Int64) -> ClosedRange<Timestamp> { after(from)...after(to) }

    private static let works: [(work: [(Int64, Int64?)], length: Int64, idle: [ClosedRange<Timestamp>])] = [
        // Half a second of work, four minutes for a person, and work again.
        ([(0, 500), (240_500, 241_000)], 241_000, [stretch(500, 240_500)]),
        // It still waits.
        ([(100, 600)], 60_000, [stretch(600, 60_000)]),
        // Something is at work meanwhile.
        ([(0, 500), (400, nil)], 241_000, []), ([(0, 241_000), (10, 20)], 241_000, []),
        // Waits that are shorter than what is done around them, and nothing but a wait.
        ([(0, 30_000), (35_000, 60_000)], 60_000, []), ([], 60_000, []),
    ]

    @Test(arguments: works)
    func longStretchesWithoutWorkAreFound(work: [(Int64, Int64?)], length: Int64, idle: [ClosedRange<Timestamp>]) {
        let bars = work.map { from, to in
            WaterfallBar(
                kind: .work, state: .completed, from: Self.after(from), to: to.map(Self.after), words: "Run 1")
        }
        #expect(IdleStretches.find(from: Self.start, to: Self.after(length), work: bars) == idle)
    }

    @Test func whatIsFoldedIsDrawnShort() {
        let axis = TimeAxis(
            from: Self.start, to: Self.after(241_000), isOpen: false, folds: [Self.stretch(500, 240_500)])
        #expect(axis.length == 1_090)
        #expect(axis.share(of: Self.after(500)) == "45.872%")
        #expect(axis.share(of: Self.after(240_500)) == "54.128%")
        #expect(axis.share(from: Self.after(240_500), to: Self.after(241_000)) == "45.872%")
        // The marks count what is not folded, and none stands in the fold.
        #expect(axis.marks.map(\.milliseconds) == [0, 200, 400, 600, 800])
        #expect(axis.marks.map(\.offset) == [0, 200, 400, 690, 890])
    }

    @Test func barsBehindAFoldGrowAsTheScriptReckons() throws {
        let idle = [Self.stretch(500, 240_500)]
        let row = WaterfallRow(
            id: "wf-a", depth: 1, name: "a", kind: "command", state: .running,
            bars: [WaterfallBar(kind: .work, state: .running, from: Self.after(240_700), to: nil, words: "Run 1")])
        var view = WaterfallView(
            task: TaskNumber(rawValue: 1), from: Self.start, to: Self.after(241_000), isRunning: true, rows: [row])
        view.idle = idle
        let axis = TimeAxis(from: view.from, to: view.to, isOpen: true, folds: idle)
        let page = WaterfallRenderer.render(view, now: view.to).text
        let end = axis.to.millisecondsSinceEpoch
        #expect(page.contains("data-from=\"\(end - axis.length)\" data-to=\"\(end)\" data-running=\"true\""))
        #expect(page.contains("data-grows=\"\(Self.after(240_700).millisecondsSinceEpoch)\""))
        #expect(page.contains("One wait is drawn short, 4m 00s in which no step worked."))
        #expect(page.contains("<a class=\"button\" href=\"/tasks/1?part=waterfall&amp;time=wall\">Wall time</a>"))
        view.isWallTime = true
        let wall = WaterfallRenderer.render(view, now: view.to).text
        #expect(!wall.contains("wf-fold") && wall.contains("aria-current=\"true\">Wall time"))
        #expect(view.query == "&time=wall")
    }

    @Test func whileAPersonIsAskedNothingGrows() {
        var view = WaterfallView(
            task: TaskNumber(rawValue: 1), from: Self.start, to: Self.after(60_000), isRunning: true, rows: [])
        view.idle = [Self.stretch(600, 60_000)]
        #expect(!WaterfallRenderer.render(view, now: view.to).text.contains("data-running"))
    }

    @Test func sharesAreExactToAThousandth() {
        let axis = TimeAxis(from: Self.start, to: Self.after(3_000), isOpen: false)
        #expect(axis.share(of: Self.after(1_000)) == "33.333%")
        #expect(axis.share(of: Self.after(-5)) == "0.000%")
        #expect(axis.share(of: Self.after(9_000)) == "100.000%")
    }

    @Test func aRunningRowGrowsAndTellsItsTimes() {
        let row = WaterfallRow(
            id: "wf-a", depth: 1, name: "<b>read", kind: "command", state: .running, address: "/tasks/1?step=a",
            bars: [WaterfallBar(kind: .work, state: .running, from: Self.after(250), to: nil, words: "Run 1")])
        let view = WaterfallView(
            task: TaskNumber(rawValue: 1), from: Self.start, to: Self.after(1_000), isRunning: true, rows: [row])
        let page = WaterfallRenderer.render(view, now: Self.after(1_000)).text
        #expect(
            page.contains(
                """
                <rect class="wf-bar work tone-blue" x="20.833%" y="3" width="62.500%" height="11" rx="2" \
                data-grows="\(Self.after(250).millisecondsSinceEpoch)"/>
                """))
        #expect(page.contains("+0.250 s to now, 750ms"))
        #expect(page.contains("&lt;b&gt;read") && !page.contains("<b>read"))
    }
}
