import Core
import Store
import Testing

/// One truth of how long a step has taken, whoever asks.
@Suite(.timeLimit(.minutes(1)))
struct StepDurationTests {
    private static let began: Int64 = 1_000

    private static func step(
        _ status: String, started: Int64?, waiting: Int64? = nil, ended: Int64? = nil, idle: Int64 = 0
    ) -> StepRow {
        let time = { (value: Int64?) in value.map(Timestamp.init(millisecondsSinceEpoch:)) }
        return StepRow(
            task: TaskNumber(rawValue: 1), path: StepPath(rawValue: "a"), ordinal: 0, status: status,
            waitingReason: nil, waitingSince: time(waiting), runs: 2, started: time(started), ended: time(ended),
            failureCause: nil, failureMessage: nil, preview: nil, models: [], usage: .zero, idleMilliseconds: idle)
    }

    @Test(arguments: [
        (step("queued", started: nil), StepDuration.notStarted, Int64?.none),
        (step("running", started: began), .counting(since: Timestamp(millisecondsSinceEpoch: began)), 9_000),
        // Nothing of it runs while it waits: for a person as for its next run.
        (step("waiting", started: began, waiting: 1_500), .fixed(milliseconds: 500), 500),
        // All its runs and the waits between them.
        (step("completed", started: began, ended: 4_000), .fixed(milliseconds: 3_000), 3_000),
        // Without what it stood idle after a crash, or until somebody had it retried.
        (step("completed", started: began, ended: 4_000, idle: 2_500), .fixed(milliseconds: 500), 500),
        (
            step("running", started: began, idle: 6_000), .counting(since: Timestamp(millisecondsSinceEpoch: 7_000)),
            3_000
        ),
        // It was cut off or retried, and has not begun again.
        (step("queued", started: began), .notStarted, nil),
        // A clock that was set back.
        (step("failed", started: began, ended: 10), .fixed(milliseconds: 0), 0),
    ])
    func `A step takes from its first beginning to its end or its wait`(
        row: StepRow, duration: StepDuration, milliseconds: Int64?
    ) {
        #expect(row.duration == duration)
        #expect(row.durationMilliseconds(at: Timestamp(millisecondsSinceEpoch: 10_000)) == milliseconds)
    }
}
