internal import Glibc

/// By how much the machine's clock is ahead of the one that counts since its start.
enum ClockLead: Sendable {
    /// `CLOCK_REALTIME` before `CLOCK_BOOTTIME`, which nobody sets and which goes on while the machine sleeps.
    static func milliseconds() -> Int64 { milliseconds(of: CLOCK_REALTIME) - milliseconds(of: CLOCK_BOOTTIME) }

    private static func milliseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
