import Core
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct DisplayTextTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1B}[31mred\u{1B}[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("\u{1B}[2J\u{1B}[Hgone", "<U+001B>[2J<U+001B>[Hgone"),
        ("\u{1B}]0;title\u{07}after", "<U+001B>]0;title<U+0007>after"),
        ("\u{9B}31mred", "<U+009B>31mred"),
        ("a\u{08}\u{08}b", "a<U+0008><U+0008>b"),
        ("one\ntwo\r\nthree\ttab", "one two three tab"),
        ("\u{202E}reversed\u{2066}", "<U+202E>reversed<U+2066>"),
        ("zero\u{200B}width\u{FEFF}", "zero<U+200B>width<U+FEFF>"),
        ("\u{1B}", "<U+001B>"), ("  edges  ", "edges"), ("a\u{A0}b", "a\u{A0}b"),
    ])
    func `names what steers a terminal`(_ text: String, _ clean: String) {
        #expect(DisplayText.line(text) == clean)
    }

    @Test func `keeps line breaks in paragraphs only`() {
        #expect(
            DisplayText.paragraphs("a\u{1B}[1A\n\n\tb\r\nc\rd\u{0}") == "a<U+001B>[1A\n\n\tb\nc<U+000D>d<U+0000>")
    }

    @Test(arguments: [true, false])
    func `is measured without our own colours`(hasColours: Bool) {
        let style = Style(hasColours: hasColours)
        #expect(DisplayText.uncoloured("a \(style.red("b")) \(style.bold("m"))\(style.faint(""))") == "a b m")
    }

    @Test(arguments: [
        ("invoice\u{202E}fdp.exe", "invoice<U+202E>fdp.exe"), ("pass\u{200B}wd", "pass<U+200B>wd"),
        ("x\u{E0041}\u{1B}[2Jy", "x<U+E0041><U+001B>[2Jy"), ("a b\u{0}", "a b<U+0000>"),
        ("ls\u{2028}rm", "ls<U+2028>rm"), ("ls\u{85}rm\rmv", "ls<U+0085>rm<U+000D>mv"),
    ])
    func `names hidden characters`(text: String, shown: String) {
        #expect(DisplayText.paragraphs(text) == shown)
        let onALine = shown.replacing("<U+000D>", with: " ")
        #expect(DisplayText.line(text) == onALine)
    }

    @Test func `keeps what is ordinary in its place`() {
        for text in ["👩\u{200D}💻", "❤\u{FE0F}", "می\u{200C}خواهم"] { #expect(DisplayText.line(text) == text) }
    }

    @Test(arguments: [
        ("abc", 3), ("", 0), ("né", 2), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("🙂", 2), ("👩‍👩‍👧", 2), ("✓ ok", 4),
        ("❤️", 2),
        ("━━", 2),
    ])
    func `is measured in columns`(_ text: String, _ width: Int) {
        #expect(DisplayText.width(text) == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
        ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
    ])
    func `is cut by its width`(_ text: String, _ columns: Int, _ short: String) {
        let cut = DisplayText.truncated(text, to: columns)
        #expect(cut == short)
        #expect(DisplayText.width(cut) <= columns)
    }

    @Test func `fills columns exactly`() {
        #expect(DisplayText.fitted("日本", to: 6) == "日本  ")
        #expect(DisplayText.fitted("1.2 s", to: 7, alignsRight: true) == "  1.2 s")
        #expect(DisplayText.fitted("日本語", to: 4) == "日… ")
    }

    @Test(arguments: [
        (0, "0 ms"), (40, "40 ms"), (400, "400 ms"), (999, "999 ms"), (1_000, "1.0 s"), (9_999, "9.9 s"),
        (12_300, "12 s"), (102_000, "1 m 42 s"),
        (3_600_000, "1 h 00 m"), (187_200_000, "2 d 4 h"), (-5, "0 ms"),
    ])
    func `says durations`(_ milliseconds: Int64, _ text: String) {
        #expect(Quantity.duration(milliseconds: milliseconds) == text)
    }

    @Test func `a moment of another day has its day, and one to come how long it takes`() {
        let now = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)
        let tomorrow = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 86_400_000)
        #expect(Quantity.moment(now, near: now) == Quantity.timeOfDay(now))
        #expect(Quantity.moment(tomorrow, near: now) == Quantity.dayAndTime(tomorrow))
        #expect(Quantity.moment(tomorrow, seenFrom: now) == "at \(Quantity.dayAndTime(tomorrow)), in 1 d 0 h")
        #expect(Quantity.moment(now, seenFrom: tomorrow) == "at \(Quantity.dayAndTime(now))")
    }

    @Test(arguments: [
        (0, "0 B"), (1_023, "1,023 B"), (1_024, "1.0 KiB"), (4_404, "4.3 KiB"), (1_048_575, "1,023.9 KiB"),
        (1_048_576, "1.0 MiB"), (5 << 30, "5.0 GiB"),
    ])
    func `says sizes`(_ count: Int64, _ text: String) {
        #expect(Quantity.bytes(count) == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (18_204, "18,204"), (-1_234_567, "-1,234,567")])
    func `groups digits`(_ number: Int64, _ text: String) {
        #expect(Quantity.grouped(number) == text)
    }

    @Test func `tables fit the width`() {
        var table = Table(columns: [
            Table.Column(title: "Task", alignsRight: true), Table.Column(title: "Name", isFlexible: true),
            Table.Column(title: "Steps"),
        ])
        table.rows = [["#1", "日本語の請求書", "1 of 2"], ["#120", "short", "2 of 2"]]
        let style = Style(hasColours: false)
        #expect(
            table.lines(width: 40, style: style) == [
                "Task  Name            Steps", "  #1  日本語の請求書  1 of 2", "#120  short           2 of 2",
            ])
        for width in [10, 20, 24, 30] {
            #expect(table.lines(width: width, style: style).allSatisfy { DisplayText.width($0) <= width })
        }
    }

    @Test func `what matters least is left out of a narrow table, before texts are cut to nothing`() {
        var table = Table(columns: [
            Table.Column(title: "Task"), Table.Column(title: "Name", isFlexible: true, least: 16),
            Table.Column(title: "Created", dispensability: 1), Table.Column(title: "Tokens", dispensability: 2),
        ])
        table.rows = [["#1", "the invoices of all of November", "2026-11-20 12:00", "1,204"]]
        let style = Style(hasColours: false)
        let wide = table.lines(width: 60, style: style)
        #expect(wide[1] == "#1    the invoices of all of Nove…  2026-11-20 12:00  1,204")
        #expect(table.lines(width: 45, style: style)[1] == "#1    the invoices of all …  2026-11-20 12:00")
        #expect(table.lines(width: 30, style: style) == ["Task  Name", "#1    the invoices of all of …"])
    }

    @Test func `excerpts point at the column`() throws {
        let excerpt = try #require(ErrorReport.excerpt("a: 1\n日本: [x\n", line: 2, column: 5))
        #expect(excerpt.line == "日本: [x")
        #expect(excerpt.caret == "      ^")
        #expect(ErrorReport.excerpt("one line", line: 2, column: 1) == nil)
        let hostile = try #require(ErrorReport.excerpt("a\u{202E}: x", line: 1, column: 3))
        #expect(hostile.line == "a<U+202E>: x" && hostile.caret == "         ^")
    }
}
