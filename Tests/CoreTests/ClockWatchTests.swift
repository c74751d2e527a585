import Core
import Synchronization
import Testing

/// The clock is set by somebody: what it leaps forwards by is time that has not passed.
@Suite(.timeLimit(.minutes(1)))
struct ClockWatchTests {
    @Test(
        "Leaps forwards count; steps back and what keeps a clock right do not",
        arguments: [
            ([0, 0], 0), ([7_200_000], 7_200_000), ([999], 0), ([1_000], 1_000), ([-7_200_000], 0),
            ([-7_200_000, 0], 7_200_000), ([500, 1_000, 1_500, 2_000], 0), ([5_000, 5_000, 11_000], 11_000),
        ] as [([Int64], Int64)])
    func leaps(leads: [Int64], sum: Int64) {
        let lead = Mutex<Int64>(0)
        let watch = ClockWatch { lead.withLock(\.self) }
        for value in leads {
            lead.withLock { $0 = value }
            _ = watch.leaps
        }
        #expect(watch.leaps == sum)
    }

    @Test func theMachinesClocksAreCompared() {
        let watch = ClockWatch()
        #expect(watch.leaps == 0)
        #expect(TimeSource.system.leaps == 0)
    }
}
