public import Core

/// The header field `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
public enum RetryAfter: Sendable {
    /// Longer waits are cut to a day: to ask after that is what the other wanted, too.
    public static let millisecondsMaximum: Int64 = 86_400_000

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The wait it asks for, from 0 to the maximum; nil when it cannot be read.
    public static func milliseconds(_ text: String, now: Timestamp) -> Int64? {
        let text = text.drop { $0 == " " || $0 == "\t" }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        // Some servers give a fraction, which the RFC does not know; it is rounded up.
        if !digits.isEmpty, rest.allSatisfy({ $0 == "." || $0 == " " || ($0.isASCII && $0.isNumber) }) {
            guard let seconds = Int64(digits), seconds < millisecondsMaximum / 1000 else { return millisecondsMaximum }
            return (seconds + (rest.contains { ("1"..."9").contains($0) } ? 1 : 0)) * 1000
        }
        return date(text).map { min(max($0.milliseconds(since: now), 0), millisecondsMaximum) }
    }

    /// A date such as `Sun, 06 Nov 1994 08:49:37 GMT`; the two forms that RFC 9110 calls obsolete are nil.
    private static func date(_ text: Substring) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].count == 4, parts[0].last == ",", parts[5] == "GMT",
            let day = number(parts[1], in: 1...31), let month = months.firstIndex(of: String(parts[2])),
            let year = number(parts[3], in: 1...9_999)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = number(clock[0], in: 0...23), let minute = number(clock[1], in: 0...59),
            let second = number(clock[2], in: 0...60)
        else { return nil }
        let days = CivilDate(year: year, month: month + 1, day: day).daysSinceEpoch
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        return Timestamp(millisecondsSinceEpoch: seconds * 1000)
    }

    private static func number(_ text: Substring, in range: ClosedRange<Int>) -> Int? {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(text), range.contains(value) else {
            return nil
        }
        return value
    }
}
