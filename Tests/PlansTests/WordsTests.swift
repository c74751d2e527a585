import Core
import Testing

@testable import Plans

@Suite(.timeLimit(.minutes(1)))
struct WordsTests {
    @Test(
        arguments: [
            ("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h", 3_600_000), ("1h30m", 5_400_000),
            ("1h1ms", 3_600_001),
            ("8784h", 31_622_400_000), ("2d", 172_800_000), ("1d12h", 129_600_000), ("366d", 31_622_400_000),
        ] as [(String, Int64)])
    func durationsAreRead(text: String, expected: Int64) {
        #expect(DurationText.milliseconds(text) == expected)
    }

    @Test(arguments: [
        "", "0s", "10", "s", "1.5h", "-1s", "30m1h", "1h1h", "1h1d", "367d", "10 s", "8785h", "99999999999999999999s",
        "8784h1ms",
        "１s",
    ])
    func otherDurationsAreRefused(text: String) {
        #expect(DurationText.milliseconds(text) == nil)
    }

    @Test(
        arguments: [
            ("comand", "command"), ("comamnd", "command"), ("COMMAND", "command"), ("htpt", "http"), ("xyz", nil),
            ("ste", "set"),
            ("agnets", nil), ("", nil),
        ] as [(String, String?)])
    func theNearestWordIsSuggested(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, in: ["command", "http", "set"]) == expected)
    }

    @Test(arguments: ["a", "a/b.txt", ".hidden", "ü/x", "a..b"])
    func confinedPathsAreAccepted(path: String) {
        #expect(PlanNames.isConfinedPath(path))
    }

    @Test(arguments: [
        "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\nb", "a\u{0}b", String(repeating: "x", count: 256),
    ])
    func otherPathsAreRefused(path: String) {
        #expect(!PlanNames.isConfinedPath(path))
    }
}
