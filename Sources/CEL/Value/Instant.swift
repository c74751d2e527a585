internal import Core

/// A moment from the year 1 to the year 9999, in nanoseconds, as `google.protobuf.Timestamp` bounds it.
public struct Instant: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01 00:00:00 UTC, rounded down.
    public let seconds: Int64
    /// What is beyond those seconds, 0–999,999,999.
    public let nanoseconds: Int32

    init(seconds: Int64, nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// A moment that is checked against the range.
    init(checking seconds: Int64, nanoseconds: Int32 = 0) throws(EvaluationError) {
        guard Self.secondsRange.contains(seconds) else {
            throw EvaluationError(.overflow, "the timestamp is outside of the years 1 to 9999")
        }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The moment that many nanoseconds later.
    func advanced(byNanoseconds distance: Int64) throws(EvaluationError) -> Instant {
        let (wholeSeconds, rest) = distance.quotientAndRemainderFloored(by: 1_000_000_000)
        let (carry, nanoseconds) = (rest + Int64(nanoseconds)).quotientAndRemainderFloored(by: 1_000_000_000)
        return try Instant(checking: seconds + wholeSeconds + carry, nanoseconds: Int32(nanoseconds))
    }

    /// Nanoseconds from another moment to this one; nil if 64 bits do not hold them.
    func nanoseconds(since other: Instant) -> Int64? {
        let (scaled, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = scaled.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
        return overflow || overflowOfSum ? nil : sum
    }

    /// RFC 3339 in UTC, with as many digits of the second as there are.
    var text: String {
        let (days, second) = seconds.quotientAndRemainderFloored(by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let fraction = FractionText.digits(of: Int64(nanoseconds))
        return date.year.padded(4) + "-" + date.month.padded(2) + "-" + date.day.padded(2) + "T"
            + (second / 3600).padded(2) + ":" + (second / 60 % 60).padded(2) + ":" + (second % 60).padded(2)
            + fraction + "Z"
    }
}

/// How a fraction of a second is written.
enum FractionText: Sendable {
    /// A point and the digits of that many nanoseconds (0–999,999,999) without trailing zeros; nothing for 0.
    static func digits(of nanoseconds: Int64) -> String {
        guard nanoseconds != 0 else { return "" }
        var digits = Substring(nanoseconds.padded(9))
        while digits.last == "0" { digits.removeLast() }
        return "." + digits
    }

    /// Seconds with `s`, as protocol buffers write a duration in JSON: `-1.5s`.
    static func seconds(ofNanoseconds nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let fraction = digits(of: Int64(magnitude % 1_000_000_000))
        return (nanoseconds < 0 ? "-" : "") + String(magnitude / 1_000_000_000) + fraction + "s"
    }
}

extension BinaryInteger {
    /// Decimal digits with leading zeros up to that width; for numbers that are not negative.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
