internal import Core

/// Numbers as people read them; the page's script (`times.js`) says durations and ages in the same words.
enum Format: Sendable {
    /// Digits in groups of three: `18,204`.
    static func grouped(_ number: Int64) -> String { number.grouped }

    /// Two units at most: `340ms`, `4.2s`, `1m 42s`, `3h 05m`, `2d 4h`.
    static func duration(milliseconds: Int64) -> String {
        let milliseconds = max(0, milliseconds)
        let seconds = milliseconds / 1000
        return switch seconds {
        case 0: "\(milliseconds)ms"
        case 1..<10: "\(seconds).\(milliseconds % 1000 / 100)s"
        case 10..<60: "\(seconds)s"
        case 60..<3600: "\(seconds / 60)m \(padded(seconds % 60))s"
        case 3600..<86_400: "\(seconds / 3600)h \(padded(seconds / 60 % 60))m"
        default: "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }

    /// The same of a stretch that has ended: `<1ms` for one shorter than can be counted.
    static func span(milliseconds: Int64) -> String { milliseconds > 0 ? duration(milliseconds: milliseconds) : "<1ms" }

    /// A word of the API as people read it: `tool_error` is *tool error*.
    static func code(_ word: String) -> String { String(word.map { $0 == "_" ? " " : $0 }) }

    /// Words as they begin a sentence.
    static func capitalized(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    /// How long ago, while it is less than a day; else the day, and the year unless it is this one.
    static func age(of moment: Timestamp, at now: Timestamp) -> String {
        let seconds = now.milliseconds(since: moment) / 1000
        switch seconds {
        case ..<5: return "just now"
        case ..<60: return "\(seconds) s ago"
        case ..<3600: return "\(seconds / 60) min ago"
        case ..<86_400: return "\(seconds / 3600) h ago"
        default:
            let date = civilDate(of: moment)
            let isThisYear = date.year == civilDate(of: now).year
            return "\(date.day) \(months[date.month - 1])" + (isThisYear ? "" : " \(date.year)")
        }
    }

    /// Date and time in UTC to the second: `2026-11-20 15:04:05 UTC`.
    static func exact(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
    }

    /// The same, without the day if that is the earlier moment's.
    static func exact(_ moment: Timestamp, after earlier: Timestamp) -> String {
        let isSameDay = moment.rfc3339.prefix(10) == earlier.rfc3339.prefix(10)
        return isSameDay ? "\(timeOfDay(moment)) UTC" : exact(moment)
    }

    /// The time of day in UTC to the second.
    static func timeOfDay(_ moment: Timestamp) -> String {
        String(moment.rfc3339.dropFirst(11).prefix(8))
    }

    /// A size in the units of 1024: `812 bytes`, `64 KiB`, `1.4 MiB`.
    static func size(bytes: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard bytes >= 1024 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        var tenths = bytes * 10 / 1024
        var unit = 0
        while tenths >= 10_240, unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        let text = tenths >= 100 || tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return "\(text) \(units[unit])"
    }

    /// An amount with four decimals below a dollar, where tasks mostly are, and two above; never rounded down to nothing.
    static func dollars(nanoDollars: Int64) -> String {
        let amount = max(0, nanoDollars)
        guard amount < 1_000_000_000 else {
            let cents = (amount + 5_000_000) / 10_000_000
            return "$\(grouped(cents / 100)).\(padded(cents % 100))"
        }
        if amount > 0, amount < 50_000 { return "<$0.0001" }
        let digits = String((amount + 50_000) / 100_000 + 10_000)
        return digits.hasPrefix("2") ? "$1.00" : "$0.\(digits.dropFirst())"
    }

    /// `1 step`, `2 steps`.
    static func count(_ number: Int, _ word: String) -> String {
        "\(grouped(Int64(number))) \(word)\(number == 1 ? "" : "s")"
    }

    /// `1 entry`, `2 entries`.
    static func count(_ number: Int, _ word: String, _ words: String) -> String {
        "\(grouped(Int64(number))) \(number == 1 ? word : words)"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func civilDate(of moment: Timestamp) -> CivilDate {
        CivilDate(daysSinceEpoch: moment.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000).quotient)
    }
}
