internal import Core
internal import Glibc

/// Numbers as people read them.
enum Quantity: Sendable {
    /// `400 ms`, `4.2 s`, `12 s`, `1 m 42 s`, `3 h 05 m`, `2 d 4 h`.
    static func duration(milliseconds: Int64) -> String {
        let milliseconds = max(0, milliseconds)
        let seconds = milliseconds / 1000
        return switch seconds {
        case 0: "\(milliseconds) ms"
        case ..<10: "\(seconds).\(milliseconds % 1000 / 100) s"
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) m \(padded(seconds % 60)) s"
        case ..<86_400: "\(seconds / 3600) h \(padded(seconds / 60 % 60)) m"
        default: "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
        }
    }

    /// Digits in groups of three: `18,204`.
    static func grouped(_ number: Int64) -> String { number.grouped }

    /// `812 B`, `4.3 KiB`, `1.0 MiB`: in powers of 1,024.
    static func bytes(_ count: Int64) -> String {
        guard count >= 1024 else { return "\(grouped(max(0, count))) B" }
        var tenths = count * 10 / 1024
        var units = ["KiB", "MiB", "GiB", "TiB"][...]
        while tenths >= 10_240, units.count > 1 {
            tenths /= 1024
            units.removeFirst()
        }
        return "\(grouped(tenths / 10)).\(tenths % 10) \(units.first ?? "")"
    }

    /// `1 step`, `2 steps`.
    static func count(_ number: Int64, _ word: String) -> String {
        "\(grouped(number)) \(word)\(number == 1 ? "" : "s")"
    }

    /// `1,204 tokens`; nil when there are none.
    static func tokens(_ usage: TokenUsage) -> String? {
        usage.total == 0 ? nil : count(usage.total, "token")
    }

    /// The time of day where this program runs, to the second.
    static func timeOfDay(_ moment: Timestamp) -> String {
        local(moment).time.map(padded).joined(separator: ":")
    }

    /// Day and time where this program runs, to the minute.
    static func dayAndTime(_ moment: Timestamp) -> String {
        let (day, time) = local(moment)
        return day.map(padded).joined(separator: "-") + " " + time.prefix(2).map(padded).joined(separator: ":")
    }

    /// The time of day, with the day if that is another one.
    static func moment(_ moment: Timestamp, near now: Timestamp) -> String {
        local(moment).day == local(now).day ? timeOfDay(moment) : dayAndTime(moment)
    }

    /// `at 07:26:58, in 3 s`; with the day if that is another one.
    static func moment(_ moment: Timestamp, seenFrom now: Timestamp) -> String {
        let time = "at \(self.moment(moment, near: now))"
        let left = moment.milliseconds(since: now)
        return left > 0 ? "\(time), in \(duration(milliseconds: left))" : time
    }

    /// Year, month, day; hour, minute, second.
    private static func local(_ moment: Timestamp) -> (day: [Int64], time: [Int64]) {
        var seconds = time_t(moment.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 1000).quotient)
        var parts = unsafe tm()
        _ = unsafe localtime_r(&seconds, &parts)
        let day = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return (day.map(Int64.init), time.map(Int64.init))
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
