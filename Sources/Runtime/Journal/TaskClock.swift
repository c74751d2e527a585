/// How far the clock has got ahead since a task was first looked at. What it gains all at once somebody has set it forwards
/// by, and has not passed; when it is set back, the times of the task stand still until it is where it was.
struct TaskClock: Sendable, Hashable {
    /// Less than this is how clocks are kept right, in milliseconds.
    private static let leapMinimum: Int64 = 1_000

    /// The greatest `TimeSource.lead` so far.
    private var highest: Int64

    init(lead: Int64) {
        highest = lead
    }

    /// How much the clock was set forwards by since it was asked last, in milliseconds; 0 for not at all.
    mutating func leap(to lead: Int64) -> Int64 {
        let gain = lead - highest
        guard gain > 0 else { return 0 }
        highest = lead
        return gain >= Self.leapMinimum ? gain : 0
    }
}
