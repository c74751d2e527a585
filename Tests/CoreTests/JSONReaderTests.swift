import Core
import Testing

/// RFC 8259 to the letter. The cases follow its grammar; those that break it say where.
@Suite(.timeLimit(.minutes(1)))
struct JSONReaderTests {
    @Test(
        "What the grammar allows is read",
        arguments: [
            ("null", nil), (" true ", true), ("\t\r\nfalse\n", false),
            ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            // One beyond 64 bits is a double, as is everything with a fraction or an exponent.
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.0", 1.0), ("-0.5e-3", -0.0005),
            ("1E2", 100.0), ("1e+2", 100.0), ("0e0", 0.0),
            ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
            ("1e-400", 0.0), ("123456789012345678901234567890", 1.2345678901234568e29),
            ("\"\"", ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\u0000""#, "\u{0}"), (#""\ud83d\ude82\uD83D\uDE82""#, "🚂🚂"), (#""\udbff\udfff""#, "\u{10FFFF}"),
            (#""\ufffe\uffff""#, "\u{FFFE}\u{FFFF}"), ("\"é€🚂\u{7F}\u{2028}\"", "é€🚂\u{7F}\u{2028}"),
            ("[]", []), ("[ ]", []), ("[1,[2],{}]", [1, [2], [:]]), ("{}", [:]), ("{ }", [:]),
            (#"{"a":1,"":null, "b" : [ ] }"#, ["a": 1, "": nil, "b": []]),
        ] as [(String, JSON)])
    func accepts(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(
        "What the grammar forbids is refused, with the place",
        arguments: [
            ("", "1:1"), (" \n ", "2:2"), ("nul", "1:1"), ("True", "1:1"), ("nulll", "1:5"), ("NaN", "1:1"),
            ("Infinity", "1:1"), ("-", "1:2"), ("-a", "1:2"), ("+1", "1:1"), (".5", "1:1"), ("1.", "1:3"),
            ("1.e2", "1:3"), ("1e", "1:3"), ("1e+", "1:4"), ("01", "1:2"), ("-01", "1:3"), ("0x10", "1:2"),
            ("1e400", "1:1"), ("1 2", "1:3"), ("1,", "1:2"),
            ("[", "1:2"), ("[1", "1:3"), ("[1,]", "1:4"), ("[,1]", "1:2"), ("[1 2]", "1:4"), ("[1}", "1:3"),
            ("]", "1:1"),
            ("{", "1:2"), (#"{"a"}"#, "1:5"), (#"{"a":}"#, "1:6"), (#"{"a":1,}"#, "1:8"), ("{a:1}", "1:2"),
            ("{'a':1}", "1:2"), ("{1:1}", "1:2"), (#"{"a" 1}"#, "1:6"), (#"{"a":1 "b":2}"#, "1:8"),
            (#"{"a":1]"#, "1:7"),
            (#"{"a":1,"a":1}"#, "1:8"), (#"{"a":null,"a":null}"#, "1:11"), (#"{"a":1,"\u0061":2}"#, "1:8"),
            ("\"", "1:2"), ("\"a", "1:3"), ("\"\\", "1:3"), (#""\"#, "1:3"), (#""\x""#, "1:3"), (#""\u12""#, "1:6"),
            (#""\u00g0""#, "1:6"), ("\"\n\"", "1:2"), ("\"\u{0}\"", "1:2"), ("\"a\\n\t\"", "1:5"),
            ("// a\n1", "1:1"), ("/* a */1", "1:1"), ("[1,\n 2,\n x]", "3:2"), ("\u{FEFF}1", "1:1"), ("\u{A0}1", "1:1"),
            // Columns count characters, as an editor does, not bytes.
            (#"{"é🚂": x}"#, "1:8"), ("\"é\"\r\n x", "2:2"), ("[\"🇩🇪\",]", "1:6"),
        ] as [(String, String)])
    func refuses(text: String, place: String) throws {
        let error = try #require(throws: SignalboxError.self) { try JSON(parsing: text) }
        #expect(error.code == .invalidJSON)
        #expect(error.place?.description == place)
        #expect(error.message.hasPrefix("Not valid JSON: "))
    }

    @Test(
        "Half a surrogate pair is no text",
        arguments: [
            #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
            #""\udbff\ue000""#, #""\udfff\ud800""#, #""\ud800\u""#, #""\ud800\udc0""#, #""\uD834\udd""#,
        ])
    func refusesHalfPairs(text: String) {
        let error = #expect(throws: SignalboxError.self) { try JSON(parsing: text) }
        #expect(error?.code == .invalidJSON)
    }

    @Test(
        "Bytes that are not UTF-8 are refused wherever they stand",
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xF0, 0x9F, 0x9A],
        ] as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        for text in [bytes, [0x22] + bytes + [0x22], [0x22, 0x5C, 0x6E] + bytes + [0x22], [0x7B, 0x22] + bytes] {
            let error = #expect(throws: SignalboxError.self) { try JSON(parsing: text) }
            #expect(error?.code == .invalidJSON)
        }
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func nestingIsBounded(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(throws: Never.self) { try JSON(parsing: nested(Limits.jsonDepthMaximum)) }
        let error = try #require(throws: SignalboxError.self) {
            try JSON(parsing: nested(Limits.jsonDepthMaximum + 1))
        }
        #expect(error.message.contains("\(Limits.jsonDepthMaximum) levels"))
        // Far deeper than any stack: it must be the bound that stops it, at its own place.
        #expect(throws: SignalboxError.self) { try JSON(parsing: String(repeating: open, count: 1_000_000)) }
    }

    private static let sample = Array(
        #"{"text":"a\"\\\u00e9\ud83d\ude82é🚂","numbers":[0,-1.5e+3,12],"words":[true,false,null],"o":{"":{}}}"#.utf8)

    @Test(arguments: ["\"", "\\", "\u{1F}", "\u{0}", "é", "🚂", "\u{7F}", "!", " "])
    func `A character is found wherever it stands in a string`(_ character: String) throws {
        for before in 0..<20 {
            for after in [0, 1, 30] {
                let text = String(repeating: "x", count: before) + character + String(repeating: "y", count: after)
                #expect(try JSON(parsing: JSON.string(text).bytes) == .string(text))
                guard character < " " else { continue }
                #expect(throws: SignalboxError.self) { try JSON(parsing: "\"\(text)\"") }
            }
        }
    }

    @Test func everyPrefixIsRefused() throws {
        #expect(throws: Never.self) { try JSON(parsing: Self.sample) }
        for length in Self.sample.indices {
            let error = #expect(throws: SignalboxError.self) { try JSON(parsing: Array(Self.sample[..<length])) }
            #expect(error?.code == .invalidJSON, "prefix of \(length) bytes")
        }
    }

    @Test("No changed byte makes it trap; what is still read can be written and read again")
    func everyChangedByte() throws {
        for place in Self.sample.indices {
            for byte in [0x00, 0x22, 0x2C, 0x30, 0x5C, 0x5D, 0x64, 0x7D, 0x80, 0xC3, 0xFF] as [UInt8] {
                var changed = Self.sample
                changed[place] = byte
                do {
                    let value = try JSON(parsing: changed)
                    #expect(try JSON(parsing: value.bytes) == value)
                } catch let error as SignalboxError {
                    #expect(error.code == .invalidJSON)
                }
            }
        }
    }
}
