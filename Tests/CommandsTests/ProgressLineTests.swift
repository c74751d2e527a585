import Core
import Synchronization
import Testing

@testable import Commands

/// How far something is, on a line.
@Suite(.timeLimit(.minutes(1)))
struct ProgressLineTests {
    private static let plain = Style(hasColours: false)

    @Test(arguments: [
        (0, "Uploading  ────────────────────    0 %  0 B of 2.0 KiB"),
        (1024, "Uploading  ━━━━━━━━━━──────────   50 %  1.0 KiB of 2.0 KiB"),
        (2048, "Uploading  ━━━━━━━━━━━━━━━━━━━━  100 %  2.0 KiB of 2.0 KiB"),
        (4096, "Uploading  ━━━━━━━━━━━━━━━━━━━━  100 %  2.0 KiB of 2.0 KiB"),
    ])
    func `the bar is as long as what is done`(_ done: Int64, _ shown: String) {
        let line = ProgressLine(title: "Uploading", done: done, total: 2048, unit: .bytes)
        #expect(line.text(columns: shown.count, style: Self.plain) == shown)
    }

    @Test(arguments: 1...120)
    func `it never is wider than the terminal`(_ columns: Int) {
        let line = ProgressLine(title: "Uploading 12 files", done: 1 << 20, total: 3 << 30, unit: .bytes)
        #expect(DisplayText.width(line.text(columns: columns, style: Self.plain)) <= columns)
    }

    @Test func `what has no known end is told alone`() {
        let line = ProgressLine(title: "Reckoning anew", done: 75, total: nil, unit: .seconds)
        #expect(line.text(columns: 80, style: Self.plain) == "Reckoning anew  1 m 15 s")
        let empty = ProgressLine(title: "Backing up", done: 0, total: 0, unit: .items)
        #expect(empty.text(columns: 80, style: Self.plain) == "Backing up  0")
    }

    @Test(arguments: [(false, [:]), (true, ["TERM": "dumb"])])
    func `nothing is written where nobody sees it`(_ isTerminal: Bool, _ environment: [String: String]) async throws {
        let written = Mutex(0)
        let output = Output(isTerminal: isTerminal) { bytes in written.withLock { $0 += bytes.count } }
        let context = CommandContext(
            output: output, errors: output, environment: environment, interrupts: Interrupts())
        let bar = ProgressBar("Uploading", .bytes, context)
        bar.advance(to: 1, of: 2)
        bar.finish()
        #expect(!bar.isShown && written.withLock { $0 } == 0)
        #expect(try await ProgressBar.during("Working", context) { 42 } == 42)
    }
}
