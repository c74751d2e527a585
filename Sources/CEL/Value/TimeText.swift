internal import Core

/// Reads timestamps (RFC 3339) and durations (as Go writes them: `1h30m`, `-1.5s`, `20ms`).
struct TimeText: ~Copyable {
    private let bytes: [UInt8]
    private var place = 0

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The moment that an RFC 3339 text says; the offset is required.
    static func instant(_ text: String) throws(EvaluationError) -> Instant {
        var reader = TimeText(text)
        guard let (seconds, nanoseconds) = reader.readInstant() else {
            throw EvaluationError(.invalidArgument, "\"\(text.prefix(40))\" is not an RFC 3339 timestamp")
        }
        return try Instant(checking: seconds, nanoseconds: nanoseconds)
    }

    /// The nanoseconds that a text says.
    static func nanoseconds(_ text: String) throws(EvaluationError) -> Int64 {
        var reader = TimeText(text)
        switch reader.readDuration() {
        case .value(let nanoseconds): return nanoseconds
        case .outOfRange: throw EvaluationError(.overflow, "the duration \"\(text.prefix(40))\" is beyond 292 years")
        case .malformed:
            throw EvaluationError(
                .invalidArgument, "\"\(text.prefix(40))\" is not a duration; write it as \"1h30m\" or \"1.5s\"")
        }
    }

    private mutating func readInstant() -> (seconds: Int64, nanoseconds: Int32)? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
            take("T") || take("t"), let hour = digits(2), take(":"), let minute = digits(2), take(":"),
            let second = digits(2)
        else { return nil }
        var nanoseconds: Int32 = 0
        if take(".") {
            guard let fraction = readFraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = readOffset(), place == bytes.count else { return nil }
        let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
        guard (1...12).contains(month), day >= 1, CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date,
            hour < 24, minute < 60, second < 60
        else { return nil }
        return (date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds)
    }

    /// One to nine digits; more are cut off.
    private mutating func readFraction() -> Int32? {
        var value: Int32 = 0
        var count = 0
        while let digit = digit() {
            if count < 9 { value = value * 10 + Int32(digit) }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }

    private mutating func readOffset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hour = digits(2), take(":"), let minute = digits(2), hour < 24, minute < 60 else { return nil }
        return sign * (hour * 3600 + minute * 60)
    }

    private enum DurationResult {
        case value(Int64)
        case outOfRange
        case malformed
    }

    private mutating func readDuration() -> DurationResult {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        if bytes[place...] == [UInt8(ascii: "0")] { return .value(0) }
        guard place < bytes.count else { return .malformed }
        // 128 bits hold the sum of all parts: each is cut off at 20 digits, and the text at 100 bytes.
        var total: Int128 = 0
        guard bytes.count <= 100 else { return .malformed }
        while place < bytes.count {
            var whole: Int128 = 0
            var digitCount = 0
            while let digit = digit() {
                whole = whole * 10 + Int128(digit)
                digitCount += 1
                if digitCount > 20 { return .outOfRange }
            }
            var fraction: Int128 = 0
            var scale: Int128 = 1
            if take(".") {
                while let digit = digit() {
                    digitCount += 1
                    guard scale < 1_000_000_000_000_000 else { continue }
                    fraction = fraction * 10 + Int128(digit)
                    scale *= 10
                }
            }
            guard digitCount > 0, let unit = readUnit() else { return .malformed }
            total += whole * unit + fraction * unit / scale
        }
        guard let nanoseconds = Int64(exactly: isNegative ? -total : total) else { return .outOfRange }
        return .value(nanoseconds)
    }

    /// Nanoseconds of the unit that stands here.
    private mutating func readUnit() -> Int128? {
        if take("h") { return 3_600_000_000_000 }
        if take("s") { return 1_000_000_000 }
        if take("m") { return take("s") ? 1_000_000 : 60_000_000_000 }
        if take("u"), take("s") { return 1000 }
        if take("n"), take("s") { return 1 }
        return nil
    }

    private mutating func digits(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private mutating func digit() -> UInt8? {
        guard place < bytes.count, (0x30...0x39).contains(bytes[place]) else { return nil }
        place += 1
        return bytes[place - 1] - 0x30
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }
}
