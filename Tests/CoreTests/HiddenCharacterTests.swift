import Testing

@testable import Core

@Suite(.timeLimit(.minutes(1)))
struct HiddenCharacterTests {
    @Test(arguments: [
        ("invoice\u{202E}fdp.exe", "invoice<U+202E>fdp.exe"), ("\u{2066}a\u{2069}", "<U+2066>a<U+2069>"),
        ("pass\u{200B}wd", "pass<U+200B>wd"), ("pass\u{200D}wd", "pass<U+200D>wd"), ("\u{200C}a", "<U+200C>a"),
        ("пар\u{200D}оль", "пар<U+200D>оль"), ("so\u{AD}ft", "so<U+00AD>ft"), ("a\u{34F}b", "a<U+034F>b"),
        ("x\u{E0041}", "x<U+E0041>"), ("a\u{FE0F}", "a<U+FE0F>"), ("1\u{FE0F}", "1<U+FE0F>"),
        ("😀\u{FE0F}\u{E0101}", "😀\u{FE0F}<U+E0101>"), ("a\u{3164}b", "a<U+3164>b"), ("a\u{2028}b", "a<U+2028>b"),
        ("\u{FEFF}{}", "<U+FEFF>{}"), ("a\u{FFF9}b", "a<U+FFF9>b"), ("\u{1B}[8mrm", "<U+001B>[8mrm"),
        ("a\u{8}b\u{7F}\u{9B}", "a<U+0008>b<U+007F><U+009B>"), ("a\rb", "a<U+000D>b"), ("a\r", "a<U+000D>"),
    ])
    func isNamedWhereItStands(text: String, named: String) {
        #expect(HiddenCharacter.naming(in: text) == named)
    }

    @Test(arguments: [
        "", "report.txt", "a\tb\nc\r\nd", "naïve – “quoted”", "שלום", "👩\u{200D}💻", "❤\u{FE0F}\u{200D}🔥",
        "1\u{FE0F}\u{20E3}",
        "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "葛\u{E0100}飾区", "e\u{301}", "a\u{A0}b",
    ])
    func ordinaryTextIsLeftAlone(text: String) {
        #expect(HiddenCharacter.naming(in: text) == text)
        #expect(HiddenCharacter.pieces(of: text) == (text.isEmpty ? [] : [.shown(text)]))
    }

    /// Bidi_Control of Unicode's PropList.txt.
    @Test(arguments: ([0x061C, 0x200E, 0x200F] + Array(0x202A...0x202E) + Array(0x2066...0x2069)) as [UInt32])
    func everyDirectionMarkIsHidden(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(scalar.properties.isBidiControl)
        let neighbours: [Unicode.Scalar?] = ["a", "ש", "😀", nil]
        for neighbour in neighbours {
            #expect(HiddenCharacter.isHidden(scalar, after: neighbour, before: neighbour))
        }
    }

    @Test(
        arguments: [
            ("", true, nil), (" \n\t", true, "U+000A"), ("\u{200B} \u{2060}", true, "U+200B"), ("anna", false, nil),
            ("an\u{202E}na", false, "U+202E"), ("an\nna", false, "U+000A"), ("an\tna", false, "U+0009"),
            ("👩‍👧", false, nil),
        ] as [(String, Bool, String?)])
    func isFoundInLines(text: String, isBlank: Bool, code: String?) {
        #expect(HiddenCharacter.isBlank(text) == isBlank)
        #expect(HiddenCharacter.first(in: text, isLine: true)?.code == code)
    }

    @Test(
        arguments: [
            ("\u{202E}", "right-to-left override (U+202E)"), ("\u{AD}", "soft hyphen (U+00AD)"),
            ("\u{1B}", "control (U+001B)"), ("\u{E0041}", "tag latin capital letter a (U+E0041)"),
        ] as [(Unicode.Scalar, String)])
    func hasAName(scalar: Unicode.Scalar, words: String) {
        #expect(HiddenCharacter(scalar).words == words)
    }
}
