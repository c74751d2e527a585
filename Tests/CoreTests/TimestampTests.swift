import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TimestampTests {
    @Test(
        "RFC 3339; the figures are those of `date -u -d @SECONDS`",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_795_187_045_123, "2026-11-20T15:04:05.123Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
            (-12_219_292_800_000, "1582-10-15T00:00:00.000Z"), (-12_219_292_800_001, "1582-10-14T23:59:59.999Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (1_078_012_799_007, "2004-02-28T23:59:59.007Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func rfc3339(milliseconds: Int64, text: String) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).rfc3339 == text)
    }

    @Test(
        arguments: [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (1900, 2, 28, -25_509),
            (1900, 3, 1, -25_508), (1582, 10, 15, -141_427), (1, 1, 1, -719_162), (0, 2, 29, -719_469),
            (9999, 12, 31, 2_932_896), (-1, 12, 31, -719_529),
        ] as [(Int, Int, Int, Int64)])
    func civilDates(year: Int, month: Int, day: Int, days: Int64) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(date.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days) == date)
    }

    @Test("Each day of four centuries and more follows the day before it")
    func everyDay() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var (year, month, day) = (1580, 1, 1)
        let first = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        var wrong = 0
        for days in first..<first + 200_000 {
            if CivilDate(daysSinceEpoch: days) != CivilDate(year: year, month: month, day: day) { wrong += 1 }
            if CivilDate(year: year, month: month, day: day).daysSinceEpoch != days { wrong += 1 }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day += 1
            guard day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) else { continue }
            (month, day) = (month + 1, 1)
            if month == 13 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong == 0)
        #expect(year == 2127)
    }

    @Test(arguments: [Int64.min, .max, 0]) func noTimeTraps(milliseconds: Int64) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).rfc3339.hasSuffix("Z"))
    }

    @Test(
        arguments: [(7, 3, 2, 1), (-7, 3, -3, 2), (-6, 3, -2, 0), (0, 5, 0, 0), (-1, 86_400_000, -1, 86_399_999)]
            as [(Int64, Int64, Int64, Int64)])
    func divisionRoundsDown(value: Int64, divisor: Int64, quotient: Int64, remainder: Int64) {
        #expect(value.quotientAndRemainderFloored(by: divisor) == (quotient, remainder))
    }

    @Test func differencesHaveASign() {
        let (early, late) = (Timestamp(millisecondsSinceEpoch: 5), Timestamp(millisecondsSinceEpoch: 12))
        #expect(late.milliseconds(since: early) == 7)
        #expect(early.milliseconds(since: late) == -7)
        #expect(early < late)
    }
}
