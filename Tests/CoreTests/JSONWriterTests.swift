import Core
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct JSONWriterTests {
    @Test(
        arguments: [
            (nil, "null"), (true, "true"), (-1, "-1"), (.int(.min), "-9223372036854775808"), (1.5, "1.5"),
            (1.0, "1.0"), (.double(.nan), "null"), (.double(-.infinity), "null"),
            ("a\"\\/\n\r\t\u{8}\u{1F}\u{7F}é🚂", #""a\"\\/\n\r\t\u0008\u001f"# + "\u{7F}é🚂\""),
            ([], "[]"), ([:], "{}"), ([[], [1, "a"], [:]], #"[[],[1,"a"],{}]"#),
            (["b": 1, "a": [nil], "q\"": ["x": [:]]], #"{"b":1,"a":[null],"q\"":{"x":{}}}"#),
        ] as [(JSON, String)])
    func writes(value: JSON, text: String) {
        #expect(value.text == text)
        #expect(value.bytes == Array(text.utf8))
    }

    @Test func writesPieceByPiece() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.integer(1 as UInt8)
        writer.raw(Array("{\"x\":2}".utf8))
        writer.string("\u{0}")
        writer.beginObject()
        writer.endObject()
        writer.endArray()
        writer.name("b")
        writer.value(nil)
        writer.endObject()
        #expect(String(decoding: writer.finish(), as: UTF8.self) == #"{"a":[1,{"x":2},"\u0000",{}],"b":null}"#)
    }

    @Test func prettyTextHasTwoSpacesALevel() throws {
        let value: JSON = ["a": [1, ["b": "c"]], "e": [], "o": [:]]
        let expected = """
            {
              "a": [
                1,
                {
                  "b": "c"
                }
              ],
              "e": [],
              "o": {}
            }
            """
        #expect(value.prettyText == expected)
        #expect(try JSON(parsing: value.prettyText) == value)
    }

    @Test("What is written is read back the same", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = JSON.random(depth: 5, &random)
        let back = try JSON(parsing: value.bytes)
        #expect(back == value)
        #expect(back.bytes == value.bytes)
        #expect(try JSON(parsing: value.prettyText).bytes == value.bytes)
    }
}

extension JSON {
    /// Any value, its numbers and texts from the corners where mistakes hide.
    static func random(depth: Int, _ random: inout some RandomNumberGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return nil
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
        case 3:
            let double = Double(bitPattern: random.next())
            return .double(double.isFinite ? double : 0.1)
        case 4, 5: return .string(text(&random))
        case 6, 7: return .array((0..<random.next() % 5).map { _ in self.random(depth: depth - 1, &random) })
        default:
            // Now and then more members than are searched from end to end.
            let count = random.next() % (random.next() % 4 == 0 ? 40 : 4)
            return .object(JSONObject((0..<count).map { _ in (text(&random), self.random(depth: depth - 1, &random)) }))
        }
    }

    private static func text(_ random: inout some RandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.next() % 12 {
            let bound: UInt32 = [0x20, 0x80, 0x300, 0x370, 0x11_0000][Int(random.next() % 5)]
            text.append(Unicode.Scalar(UInt32.random(in: 0..<bound, using: &random)) ?? "\\")
        }
        return String(text)
    }
}
