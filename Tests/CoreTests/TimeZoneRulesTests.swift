import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TimeZoneRulesTests {
    @Test(
        "Offsets before, between and after the transitions of the file",
        arguments: [
            ("UTC", 0, 0), ("+02:00", 0, 7200), ("-09:30", 0, -34_200), ("05:45", 0, 20_700),
            // 2026-07-01 and 2026-12-01
            ("Europe/Berlin", 1_782_864_000, 7200), ("Europe/Berlin", 1_796_083_200, 3600),
            // One second before and at the change of 2026-03-29 01:00 UTC
            ("Europe/Berlin", 1_774_745_999, 3600), ("Europe/Berlin", 1_774_746_000, 7200),
            // 2100-07-01 and 2100-12-01, by the rule in the footer; the south has its summer in December
            ("Europe/Berlin", 4_118_083_200, 7200), ("Europe/Berlin", 4_131_302_400, 3600),
            ("Australia/Sydney", 4_118_083_200, 36_000), ("Australia/Sydney", 4_131_302_400, 39_600),
            ("Asia/Kathmandu", 4_118_083_200, 20_700), ("America/New_York", 4_118_083_200, -14_400),
            // Local mean time in 1800
            ("Europe/Berlin", -5_364_662_400, 3208),
        ] as [(String, Int64, Int)])
    func offset(name: String, seconds: Int64, expected: Int) throws {
        #expect(try TimeZoneRules.named(name).offsetSeconds(atSecondsSinceEpoch: seconds) == expected)
    }

    @Test(
        "What is no zone is refused, and no other file is opened",
        arguments: [
            "", "Nowhere/Land", "../../etc/passwd", "Europe/../Europe/Berlin", "/etc/localtime", "Europe", "zone.tab",
            "+25:00", "+1:00", "Europe//Berlin", "Europe/Berlin\u{0}",
        ])
    func unknown(name: String) {
        let error = #expect(throws: SignalboxError.self) { try TimeZoneRules.named(name) }
        #expect(error?.code == .invalidInput)
    }
}
