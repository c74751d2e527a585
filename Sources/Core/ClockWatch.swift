internal import Glibc
internal import Synchronization

/// Sees when somebody sets the machine's clock: it compares it with one that nobody can set.
public final class ClockWatch: Sendable {
    /// Less than this is how clocks are kept right, and how long reading both takes; in milliseconds.
    private static let leapMinimum: Int64 = 1_000

    private struct State {
        /// What the clock was ahead of the other at the last reading, in milliseconds.
        var lead: Int64
        var leaps: Int64 = 0
    }

    private let state: Mutex<State>
    private let readLead: @Sendable () -> Int64

    /// - Parameter lead: by how many milliseconds the clock is ahead of one that only ever runs.
    public init(lead: @escaping @Sendable () -> Int64 = ClockWatch.systemLead) {
        readLead = lead
        state = Mutex(State(lead: lead()))
    }

    /// By how much the clock was set forwards so far, in milliseconds. Only what happens between two readings is seen.
    public var leaps: Int64 {
        state.withLock { state in
            let lead = readLead()
            if lead - state.lead >= Self.leapMinimum { state.leaps += lead - state.lead }
            state.lead = lead
            return state.leaps
        }
    }

    /// `CLOCK_REALTIME` before `CLOCK_BOOTTIME`, which nobody sets and which goes on while the machine sleeps.
    public static func systemLead() -> Int64 {
        milliseconds(CLOCK_REALTIME) - milliseconds(CLOCK_BOOTTIME)
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
