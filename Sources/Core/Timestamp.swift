internal import Glibc

/// A moment: milliseconds since 1970-01-01 00:00:00 UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
    public var millisecondsSinceEpoch: Int64

    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// What the machine's clock shows.
    public static var now: Timestamp {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// Milliseconds from another moment to this one.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        millisecondsSinceEpoch - earlier.millisecondsSinceEpoch
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-20T15:04:05.123Z`.
    public var rfc3339: String {
        let (days, millisecondOfDay) = millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        let second = millisecondOfDay / 1000
        // Digit by digit into one buffer: there are several in every row of a list, and strings put together take 430 ns.
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(Int64(date.year), 4, "-", to: &text)
        Self.append(Int64(date.month), 2, "-", to: &text)
        Self.append(Int64(date.day), 2, "T", to: &text)
        Self.append(second / 3600, 2, ":", to: &text)
        Self.append(second / 60 % 60, 2, ":", to: &text)
        Self.append(second % 60, 2, ".", to: &text)
        Self.append(millisecondOfDay % 1000, 3, "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// A number with at least so many digits, and what stands behind it.
    private static func append(_ value: Int64, _ width: Int, _ end: Unicode.Scalar, to text: inout [UInt8]) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var place: UInt64 = 1
        for _ in 1..<width { place *= 10 }
        while rest / place >= 10 { place *= 10 }
        while place > 0 {
            text.append(UInt8(ascii: "0") + UInt8(rest / place))
            (rest, place) = (rest % place, place / 10)
        }
        text.append(UInt8(ascii: end))
    }
}

/// A day of the Gregorian calendar.
public struct CivilDate: Sendable, Hashable {
    public var year: Int
    /// 1–12.
    public var month: Int
    /// 1–31.
    public var day: Int

    /// A date; it is not checked.
    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date that many days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// civil_from_days).
    public init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainderFloored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01 (days_from_civil of the same source).
    public var daysSinceEpoch: Int64 {
        let shiftedYear = Int64(year) - (month <= 2 ? 1 : 0)
        let (era, yearOfEra) = shiftedYear.quotientAndRemainderFloored(by: 400)
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int64 {
    /// Division that rounds down, so that the remainder is never negative.
    public func quotientAndRemainderFloored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
