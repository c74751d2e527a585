import CEL
import Core
import Testing

/// A trap in the evaluator would end the whole server: these only have to come back, with a value or an error.
@Suite(.timeLimit(.minutes(1)))
struct HostileInputTests {
    /// Values at the ends of every type.
    static let extremes = [
        "-9223372036854775808", "-1", "0", "1", "2", "63", "64", "9223372036854775807", "0u", "1u",
        "18446744073709551615u", "0.0", "-0.0", "1.5", "-1e308", "1e308", "9.3e18", "1e30", "0.0/0.0", "1.0/0.0",
        "-1.0/0.0", "''", "'é😀a'", "'\\u0000'", "b''", "b'\\xff\\xfe'", "[]", "[1, 'a', [2.5]]", "{}",
        "{'a': 1, 2: 'b', true: null}", "null", "true", "int", "optional.none()", "optional.of(1)", "['a', 'b']",
        "timestamp('0001-01-01T00:00:00Z')", "timestamp('9999-12-31T23:59:59.999999999Z')",
        "duration('9223372036.854775807s')", "duration('-9223372036.854775808s')", "duration('0')",
        "'%.1000f%e%d%s%x%b%o%%%'", "'%.99999999999999999999f'", "'Europe/Berlin'", "'+23:59'", "'/etc/passwd'",
        "'9999-12-31T23:59:59+00:00'", "'99999999999999999999h'", "'1e400'", "'-'",
    ]

    static let operators = ["+", "-", "*", "/", "%", "==", "<", ">=", "in", "&&", "||"]

    static let members = [
        "size", "charAt", "substring", "indexOf", "lastIndexOf", "replace", "split", "join", "trim", "reverse",
        "format",
        "matches", "contains", "startsWith", "endsWith", "lowerAscii", "upperAscii", "getFullYear", "getMonth",
        "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getHours", "getMinutes", "getSeconds",
        "getMilliseconds", "first", "last", "slice", "flatten", "distinct", "sort", "value", "hasValue", "or",
        "orValue",
    ]

    static let globals = [
        "size", "int", "uint", "double", "string", "bytes", "bool", "timestamp", "duration", "type", "dyn", "math.abs",
        "math.greatest", "math.least", "math.ceil", "math.round", "math.sign", "math.sqrt", "math.isNaN", "math.bitNot",
        "math.bitAnd", "math.bitShiftLeft", "math.bitShiftRight", "base64.encode", "base64.decode", "strings.quote",
        "optional.of", "optional.ofNonZeroValue", "lists.range",
    ]

    /// Evaluates every way to use two or three values, and the outcome as JSON, and counts those that gave a value.
    private func exercise(_ sources: some Sequence<String>) throws -> Int {
        var count = 0
        for source in sources {
            let expression = try Expression(parsing: source)
            do {
                let value = try expression.evaluate(in: Scope(), costLimit: 20_000)
                _ = Result { try value.json() }
                count += 1
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
            }
        }
        return count
    }

    @Test("Every operator on every pair of extremes comes back", arguments: operators)
    func operatorsOnExtremes(name: String) throws {
        let pairs = Self.extremes.flatMap { left in Self.extremes.map { "(\(left)) \(name) (\($0))" } }
        #expect(try exercise(pairs) > 0)
    }

    @Test("Every member function on extremes comes back", arguments: members)
    func membersOnExtremes(name: String) throws {
        let calls = Self.extremes.flatMap { left in
            ["(\(left)).\(name)()"]
                + Self.extremes.flatMap { right in
                    [
                        "(\(left)).\(name)(\(right))", "(\(left)).\(name)(1, \(right))",
                        "(\(left)).\(name)('', \(right))",
                        "'ab'.\(name)(\(left), \(right))",
                    ]
                }
        }
        #expect(try exercise(calls) > 0)
    }

    @Test("Every clause of a format on every extreme comes back", arguments: Array("sdfebozxX%.q"))
    func formatsOnExtremes(letter: Character) throws {
        let sources = Self.extremes.flatMap { value in
            ["", ".0", ".1000", ".1001", "."].map { "'%\($0)\(letter)'.format([\(value)])" }
        }
        _ = try exercise(sources + ["'%\(letter)'.format([])"])
        #expect(try exercise(["'%%'.format([])"]) == 1)
    }

    @Test("Every global function on extremes comes back", arguments: globals)
    func globalsOnExtremes(name: String) throws {
        let calls = Self.extremes.flatMap { left in
            ["\(name)(\(left))"] + Self.extremes.map { "\(name)(\(left), \($0))" }
        }
        #expect(try exercise(calls) > 0)
    }

    @Test("Every index and unary operator on extremes comes back")
    func indices() throws {
        let sources = Self.extremes.flatMap { left in
            ["-(\(left))", "!(\(left))", "(\(left)).a", "(\(left)).?a", "has((\(left)).a)"]
                + Self.extremes.flatMap { ["(\(left))[\($0)]", "(\(left))[?\($0)]", "{\(left): \($0)}"] }
        }
        #expect(try exercise(sources) > 0)
    }

    @Test("Random texts are read or refused", arguments: 0..<20 as Range<UInt64>)
    func randomTexts(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let words =
            Self.extremes + Self.operators + Self.members + [
                "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "!", "-", " ", "\n", "x", "x", ".map(x, ", ".all(x, ",
                "cel.bind(x, ", "has(", "'", "\"", "'''", "\\", "`", "0x", "1e", "//", "\u{FFFD}", "é", ".?", "[?",
            ]
        var readable = 0
        for _ in 0..<1500 {
            let length = Int.random(in: 1...12, using: &generator)
            let text = (0..<length).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            guard case .success(let expression) = Result(catching: { try Expression(parsing: text) }) else { continue }
            readable += 1
            _ = expression.references
            _ = expression.diagnostics
            let explanation = expression.explain(in: Scope(["x": .int(1)]), costLimit: 5000)
            #expect(!explanation.steps.isEmpty || readable > 0)
        }
        #expect(readable > 0)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same texts for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
