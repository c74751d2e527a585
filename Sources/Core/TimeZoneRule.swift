/// The rule for all years to come, as POSIX writes it in the variable TZ: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Sendable {
    private var standardOffset = 0
    private var daylight: Daylight?

    private struct Daylight: Sendable {
        var offset: Int
        var start: Change
        var end: Change
    }

    /// A day of the year, and the local second of it (which may be before or after the day).
    private struct Change: Sendable {
        var day: Day
        var second: Int
    }

    private enum Day: Sendable {
        /// 1–365; 29 February is never counted.
        case julian(Int)
        /// 0–365; 29 February is counted.
        case zeroBased(Int)
        /// Week 5 is the last; weekday 0 is Sunday.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    /// What the hours of an offset can be (POSIX), and those of a change, which may be days away (RFC 9636 §3.3.2).
    private static let offsetHours = 0...24
    private static let changeHours = 0...167

    /// Seconds ahead of UTC at a moment.
    func offsetSeconds(at seconds: Int64) -> Int {
        guard let daylight else { return standardOffset }
        let year = CivilDate(
            daysSinceEpoch: (seconds + Int64(standardOffset)).quotientAndRemainderFloored(by: 86_400).quotient
        ).year
        let start = Self.second(of: daylight.start, year) - Int64(standardOffset)
        let end = Self.second(of: daylight.end, year) - Int64(daylight.offset)
        // South of the equator summer goes over the end of the year.
        let isDaylight = start < end ? (start..<end).contains(seconds) : !(end..<start).contains(seconds)
        return isDaylight ? daylight.offset : standardOffset
    }

    private static func second(of change: Change, _ year: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
        let day: Int64
        switch change.day {
        case .julian(let number):
            let isLeap = CivilDate(year: year, month: 3, day: 1).daysSinceEpoch - newYear == 60
            day = newYear + Int64(number) - (isLeap && number >= 60 ? 0 : 1)
        case .zeroBased(let number): day = newYear + Int64(number)
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1).daysSinceEpoch
            let next = CivilDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1).daysSinceEpoch
            // 1970-01-01 was a Thursday.
            let firstWeekday = (first + 4).quotientAndRemainderFloored(by: 7).remainder
            var candidate = first + (Int64(weekday) - firstWeekday + 7) % 7 + Int64(week - 1) * 7
            while candidate >= next { candidate -= 7 }
            day = candidate
        }
        return day * 86_400 + Int64(change.second)
    }

    /// Reads a rule; nil if there is none or it is malformed.
    init?(parsing text: [UInt8]) {
        var reader = Reader(bytes: text)
        guard reader.skipName(), let west = reader.readTime(hours: Self.offsetHours) else { return nil }
        standardOffset = -west
        guard reader.skipName() else {
            guard reader.isAtEnd else { return nil }
            return
        }
        var daylightOffset = standardOffset + 3600
        if !reader.take(",") {
            guard let west = reader.readTime(hours: Self.offsetHours), reader.take(",") else { return nil }
            daylightOffset = -west
        }
        guard let start = reader.readChange(), reader.take(","), let end = reader.readChange(), reader.isAtEnd else {
            return nil
        }
        daylight = Daylight(offset: daylightOffset, start: start, end: end)
    }

    private struct Reader: ~Copyable {
        let bytes: [UInt8]
        var place = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { place == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        /// An abbreviation: letters, or anything between angle brackets.
        mutating func skipName() -> Bool {
            let start = place
            if take("<") {
                while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
                return take(">")
            }
            while place < bytes.count, (0x41...0x5A).contains(bytes[place] & ~0x20) { place += 1 }
            return place > start
        }

        mutating func readNumber(_ range: ClosedRange<Int>) -> Int? {
            var value = 0
            let start = place
            while place < bytes.count, place - start < 4, (0x30...0x39).contains(bytes[place]) {
                value = value * 10 + Int(bytes[place] - 0x30)
                place += 1
            }
            return place > start && range.contains(value) ? value : nil
        }

        /// Seconds of `[+-]hh[:mm[:ss]]`.
        mutating func readTime(hours range: ClosedRange<Int>) -> Int? {
            let sign = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard let hours = readNumber(range) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] where take(":") {
                guard let number = readNumber(0...59) else { return nil }
                seconds += number * unit
            }
            return sign * seconds
        }

        mutating func readChange() -> Change? {
            let day: Day
            if take("M") {
                guard let month = readNumber(1...12), take("."), let week = readNumber(1...5), take("."),
                    let weekday = readNumber(0...6)
                else { return nil }
                day = .weekday(month: month, week: week, weekday: weekday)
            } else if take("J") {
                guard let number = readNumber(1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = readNumber(0...365) else { return nil }
                day = .zeroBased(number)
            }
            guard take("/") else { return Change(day: day, second: 7200) }
            guard let second = readTime(hours: TimeZoneRule.changeHours) else { return nil }
            return Change(day: day, second: second)
        }
    }
}
