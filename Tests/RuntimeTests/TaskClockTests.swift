import Testing

@testable import Runtime

/// The clock is set by somebody: what it leaps forwards by is time that has not passed.
@Suite(.timeLimit(.minutes(1)))
struct TaskClockTests {
    @Test(
        "Leaps forwards count; steps back, the way forwards again, and what keeps a clock right do not",
        arguments: [
            ([0, 0], 0), ([7_200_000], 7_200_000), ([999], 0), ([1_000], 1_000), ([-7_200_000], 0),
            ([-7_200_000, 0], 0), ([-7_200_000, 5_000], 5_000), ([500, 1_000, 1_500, 2_000], 0),
            ([5_000, 5_000, 11_000], 11_000),
        ] as [([Int64], Int64)])
    func leaps(leads: [Int64], sum: Int64) {
        var clock = TaskClock(lead: 0)
        #expect(leads.reduce(0) { $0 + clock.leap(to: $1) } == sum)
    }
}
