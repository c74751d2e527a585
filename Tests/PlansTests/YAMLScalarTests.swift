import Core
import Testing

@testable import Plans

@Suite(.timeLimit(.minutes(1)))
struct YAMLScalarTests {
    @Test(
        arguments: [
            ("", nil), ("~", nil), ("Null", nil), ("true", true), ("FALSE", false), ("yes", "yes"), ("off", "off"),
            ("12", 12), ("-7", -7), ("+7", 7), ("0o17", 15), ("0xfF", 255), ("0x-1", "0x-1"), ("007", 7),
            ("1_000", "1_000"),
            ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-1", -0.15), ("1e", "1e"), (".", "."),
            ("-", "-"),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("0x1p3", "0x1p3"), ("nan", "nan"),
            ("inf", "inf"),
            ("12:30", "12:30"), ("2026-11-20", "2026-11-20"), ("+", "+"), ("--1", "--1"), ("1.2.3", "1.2.3"),
        ] as [(String, JSON)])
    func plainScalarsFollowTheCoreSchema(text: String, expected: JSON) {
        #expect(YAMLScalar.meaning(ofPlain: text) == .some(expected))
    }

    @Test(arguments: [".inf", "-.Inf", "+.INF", ".nan", ".NaN", "1e999"])
    func numbersThatJSONDoesNotKnowAreRefused(text: String) {
        #expect(YAMLScalar.meaning(ofPlain: text) == nil)
    }

    /// Every visible character of a scalar's text is found again in the document, however it is written.
    @Test(arguments: [
        "plain text", "'it''s ${{ x }}'", #""a\tb\u00e9\"\\ ${{ x }}\x41 \z""#, "|\n  one\n  two é x\n",
        ">- # note\n  one\n  two\n\n  three\n", "first\n  second\n  third",
    ])
    func charactersOfScalarsAreFoundInTheDocument(written: String) throws {
        let text = SourceText(path: "x", text: "key: " + written.replacing(#"\z"#, with: "z"))
        let node = try #require(YAMLComposer.compose(text).root?["key"])
        let scalar = try #require(node.scalar)
        let verbatim = scalar.text.unicodeScalars.enumerated().filter {
            $0.element.properties.isAlphabetic && $0.element != "é" && $0.element != "A"
        }
        try #require(!verbatim.isEmpty)
        var last = -1
        for (offset, character) in verbatim {
            let index = text.index(ofCharacter: offset, in: node)
            #expect(text.scalars[index] == character)
            #expect(index > last)
            last = index
        }
    }
}
