import RegularExpressions
import Testing

/// Patterns in the syntax of JSON Schema, on the engine that searches in linear time.
@Suite(.timeLimit(.minutes(1)))
struct ECMAScriptTests {
    @Test(arguments: [
        (#"^\d+$"#, ["0", "42"], ["", "٤", "4 2"]),
        (#"^\w+$"#, ["a_1"], ["é", "-"]),
        (#"^\s$"#, [" ", "\u{B}", "\u{A0}", "\u{FEFF}", "\u{2029}", "\u{3000}"], ["\u{1}", "x", "\u{200B}"]),
        (#"^\S$"#, ["\u{1}", "x", "\u{200B}", "🐲"], [" ", "\u{B}", "\u{A0}", "\u{FEFF}", "\u{2029}", "\u{3000}"]),
        (#"^[\S]$"#, ["x"], ["\u{3000}"]),
        (#"^[\sx]$"#, ["x", "\u{A0}"], ["y"]),
        ("^a.b$", ["axb", "a\u{85}b", "a🐲b"], ["a\nb", "a\rb", "a\u{2028}b"]),
        ("^abc$", ["abc"], ["abc\n"]),
        (#"^\p{Letter}+$"#, ["Hello", "π"], ["123"]),
        (#"^\p{Script=Greek}\P{gc=Lu}\p{ASCII}$"#, ["πax", "π1x"], ["aax", "πAx", "πaé"]),
        (#"^[\P{ASCII}]$"#, ["é"], ["e"]),
        (#"^\u00e9\x41\u{1F432}\ud83d\udc32\cJ\0$"#, ["éA🐲🐲\n\0"], ["éA🐲"]),
        (#"^[[:alpha:]]$"#, [":]", "a]", "[]"], ["b", "b]"]),
        ("^[^]$", ["x", "\n"], ["", "xy"]),
        ("[]", [], ["", "x"]),
        (#"^[\b]$"#, ["\u{8}"], ["b"]),
        (#"^(?<year>\d{4})-(?:\d\d)\/(x)$"#, ["2024-01/x"], ["2024-01-x"]),
        ("^(?i:straße)$", ["STRAßE"], ["strasse"]),
        (#"^\$\-\^\.\€$"#, ["$-^.€"], ["$-^x€"]),
    ])
    func translatedPatterns(pattern: String, fits: [String], others: [String]) throws {
        let expression = try RegularExpression.compile(ecmaScript: pattern).get()
        #expect(fits.filter { !expression.matches($0) } == [])
        #expect(others.filter { expression.matches($0) } == [])
    }

    @Test(arguments: [
        ("(?=x)", "look-around \"(?=\" is not supported"),
        ("a(?<!x)", "look-around \"(?<!\" is not supported"),
        (#"(a)\1"#, #"references to groups ("\1") are not supported"#),
        (#"(?<n>a)\k<n>"#, #"references to groups ("\k") are not supported"#),
        (#"^x\Z"#, #""\Z" is no escape of ECMA-262"#),
        (#"\a"#, #""\a" is no escape of ECMA-262"#),
        ("(?P<n>a)", "\"(?P<n>a)\" starts no group of ECMA-262"),
        ("(?i)a", "\"(?i)a\" starts no group of ECMA-262"),
        ("[a", "a \"[\" is not closed"),
        ("a\\", "it ends with a backslash"),
        (#"\ud83d"#, "half of a surrogate pair stands alone"),
        (#"\u12"#, #"four hexadecimal digits should follow "\u""#),
        (#"\u{110000}"#, #""\u{…}" names no character"#),
        (#"\xg1"#, #"two hexadecimal digits should follow "\x""#),
        (#"\pL"#, #"a property in braces should follow "\p""#),
    ])
    func refusedPatterns(pattern: String, reason: String) {
        #expect(Self.refusal(of: pattern) == "not a regular expression: \(reason)")
    }

    @Test(arguments: [
        "(", ")", "*", "a**", "[b-a]", "x{2000}", "((a{100}){100}){100}", #"\p{Emoji_Presentation}"#, "\\c1",
    ])
    func whatTheEngineRefuses(pattern: String) {
        #expect(Self.refusal(of: pattern)?.hasPrefix("not a regular expression: ") == true)
    }

    @Test func catastrophicPatternsAreFast() throws {
        let expression = try RegularExpression.compile(ecmaScript: "^(a+)+$").get()
        #expect(!expression.matches(String(repeating: "a", count: 1 << 20) + "!"))
    }

    private static func refusal(of pattern: String) -> String? {
        guard case .failure(let failure) = RegularExpression.compile(ecmaScript: pattern) else { return nil }
        return failure.message
    }
}
