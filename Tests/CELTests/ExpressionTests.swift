import CEL
import Core
import Testing

/// Evaluates a text with JSON variables.
func evaluate(_ source: String, _ variables: [String: JSON] = [:]) throws -> Value {
    try Expression(parsing: source).evaluate(in: Scope(variables.mapValues(Value.init)))
}

@Suite(.timeLimit(.minutes(1)))
struct ExpressionTests {
    static let variables: [String: JSON] = [
        "steps": ["read": ["output": ["total": 41, "lines": ["a", "b"], "note": nil]]],
        "inputs": ["x": 2, "vendor-name": "Acme"],
    ]

    @Test(
        "Expressions over JSON give JSON",
        arguments: [
            ("steps.read.output.total + 1", 42),
            ("steps.read.output.total + inputs['x']", 43),
            ("steps.read.output.lines.map(line, line + '!')", ["a!", "b!"]),
            ("steps.read.output", ["total": 41, "lines": ["a", "b"], "note": nil]),
            ("inputs.`vendor-name`.lowerAscii()", "acme"),
            ("steps.?missing.output.total.orValue(0)", 0),
            ("[3, 1, 2].sort()", [1, 2, 3]),
            ("['b', 'a', 'b'].distinct()", ["b", "a"]),
            ("[[1], [2, [3]]].flatten()", [1, 2, [3]]),
            ("[1, 2, 3].slice(1, 3)", [2, 3]),
            ("lists.range(3)", [0, 1, 2]),
            ("[1, 2, 3].first().orValue(0) + [].last().orValue(9)", 10),
            ("{1: 'a', true: 'b', 'c': 3u}", ["1": "a", "true": "b", "c": 3]),
            ("{'a': 1, 'b': 2}.transformMapEntry(k, v, {v: k})", ["1": "a", "2": "b"]),
            ("b'hello'", "aGVsbG8="),
            ("duration('1h1.5s')", "3601.5s"),
            ("timestamp('2026-11-20T15:04:05.120+01:00')", "2026-11-20T14:04:05.12Z"),
            ("optional.none()", nil),
            ("18446744073709551615u", 18_446_744_073_709_551_615.0),
            ("string(1234567.5) + string(2.0) + string(1e300)", "1234567.521e+300"),
            ("'%s %.2f %x'.format([[1, 'a'], 2.5, 'é'])", "[1, a] 2.50 c3a9"),
            ("// a comment\n1 // another", 1),
            ("'ab'.replace('', '-') + ' ' + 'ab'.split('').join('|')", "-a-b- a|b"),
            ("'a,b,c'.split(',', 2)", ["a", "b,c"]),
            ("'aXbX'.replace('X', 'YY', 1)", "aYYbX"),
            ("[1, 2].map(x, [x].map(y, x + y))", [[2], [4]]),
            ("cel.bind(a, 2, cel.bind(b, a * 3, [1].map(a, a + b)))", [7]),
        ] as [(String, JSON)])
    func value(source: String, expected: JSON) throws {
        #expect(try evaluate(source, Self.variables).json() == expected)
    }

    @Test(
        "What JSON has no word for is refused with a sentence",
        arguments: ["0.0 / 0.0", "[1.0 / 0.0]", "type(1)", "{1: 'a', '1': 'b'}"])
    func noJSON(source: String) throws {
        let value = try evaluate(source)
        #expect(throws: SignalboxError.self) { try value.json() }
    }

    @Test("JSON is wrapped, not converted")
    func wrapping() throws {
        // Converting a million numbers for each of 2,000 evaluations would take minutes.
        let large = JSON.array(Array(repeating: .int(1), count: 1_000_000))
        let scope = Scope(["steps": Value(["a": ["output": 1, "large": large]])])
        let expression = try Expression(parsing: "steps.a.output + steps.a.large[999999] + size(steps.a.large)")
        for _ in 0..<2000 {
            guard case .int(1_000_002) = try expression.evaluate(in: scope) else {
                Issue.record("the sum is wrong")
                return
            }
        }
        #expect(try evaluate("[large][0]", ["large": large]).json() == large)
    }

    @Test("A variable with a dotted name is found before its parts")
    func qualifiedNames() throws {
        let scope = Scope(["a.b": .int(1), "a": .map(Map(["b": 2, "c": 3]))])
        #expect(try Expression(parsing: "a.b * 10 + a.c").evaluate(in: scope).json() == 13)
    }

    @Test("Expressions are equal by their source")
    func equality() throws {
        let one = try Expression(parsing: "a + 1")
        #expect(try one == Expression(parsing: "a + 1"))
        #expect(try one != Expression(parsing: "a  + 1"))
    }

    @Test(
        "The members that are looked up are known without evaluating",
        arguments: [
            ("steps.read.output.total + inputs[\"x\"]", ["1:1 steps.read.output.total", "1:27 inputs.x"]),
            ("items.filter(i, i.price > limits.low)", ["1:1 items", "1:27 limits.low"]),
            ("cel.bind(t, steps.a, t.b + task.id)", ["1:13 steps.a", "1:28 task.id"]),
            ("a[b.c].d", ["1:1 a", "1:3 b.c"]),
            ("has(a.b) ? a.?b[?'c'] : .d.e.size()", ["1:5 a.b", "1:12 a.b.c", "1:26 d.e"]),
            ("type(x) == int\n  && [y, z].all(z, z)", ["1:6 x", "2:7 y", "2:10 z"]),
            ("1 + size('a')", []),
        ])
    func references(source: String, expected: [String]) throws {
        let found = try Expression(parsing: source).references
        #expect(found.map { "\($0.line):\($0.column) \($0.path.joined(separator: "."))" } == expected)
    }

    @Test(
        "The texts that something is compared with are known without evaluating",
        arguments: [
            ("tool.name == 'a' && 'b' != tool['name']", ["1:14 a", "1:21 b"]),
            ("x || !(tool.name in ['a', y, 'b'])", ["1:22 a", "1:30 b"]),
            ("tool.name == other || tool.reason == 'a' || tool.name > 'b' || ['c'] == tool.name", []),
        ])
    func comparedTexts(source: String, expected: [String]) throws {
        let found = try Expression(parsing: source).texts(comparedWith: ["tool", "name"])
        #expect(found.map { "\($0.line):\($0.column) \($0.text)" } == expected)
    }
}
