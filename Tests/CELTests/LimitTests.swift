import CEL
import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    private static func nested(_ levels: Int, _ open: String, _ core: String, _ close: String) -> String {
        String(repeating: open, count: levels) + core + String(repeating: close, count: levels)
    }

    @Test(
        "Deep nesting is refused, not followed to the end of the stack",
        arguments: [
            nested(5000, "(", "1", ")"), nested(5000, "[", "1", "]"), nested(2000, "{1:", "1", "}"),
            nested(9000, "!", "true", ""), nested(9000, "-", "a", ""), nested(4000, "", "a", ".b"),
            nested(4000, "1+", "1", ""), nested(3000, "a&&", "a", ""), nested(2000, "a?a:", "a", ""),
            nested(2500, "f(", "1", ")"), nested(1500, "[].map(x,", "1", ")"), nested(5000, "a[", "1", "]"),
            nested(9000, "(", "", ""),
        ])
    func depth(source: String) throws {
        let error = #expect(throws: SignalboxError.self) { try Expression(parsing: source) }
        #expect(error?.message.contains("\(Limits.expressionDepthMaximum)") == true)
    }

    @Test(
        "Nesting up to the limit is evaluated",
        arguments: [nested(200, "(", "1", ")"), nested(200, "1+", "1", ""), nested(100, "[1].map(x,", "1", ")[0]")])
    func allowedDepth(source: String) throws {
        #expect(throws: Never.self) { try evaluate(source) }
    }

    @Test("A source that is too long is refused")
    func length() {
        #expect(throws: SignalboxError.self) { try Expression(parsing: String(repeating: " ", count: 1 << 20) + "1") }
    }

    static let doubling = (0..<60).reduce("x") { inner, level in "cel.bind(x, [x, x], \(inner))" }
    static let manyElements = "lists.range(1000)"

    @Test(
        "Work and memory are bounded by the cost limit",
        arguments: [
            "\(manyElements).map(a, \(manyElements).map(b, \(manyElements)))",
            "\(manyElements).all(a, \(manyElements).all(b, a >= 0))",
            "lists.range(9223372036854775807)",
            "cel.bind(x, 1, \(doubling)) == cel.bind(x, 1, \(doubling))",
            "'%s'.format([cel.bind(x, 1, \(doubling))])",
            (0..<60).reduce("x.size()") { inner, _ in "cel.bind(x, x + x, \(inner))" }.bound(to: "aaaaaaaa"),
            (0..<40).reduce("x") { inner, _ in "cel.bind(x, x.replace('', x), \(inner))" }.bound(to: "ab"),
            (0..<60).reduce("x") { inner, _ in "cel.bind(x, [x, x].join(x), \(inner))" }.bound(to: "ab"),
            (0..<60).reduce("x") { inner, _ in "cel.bind(x, strings.quote(x + x), \(inner))" }.bound(to: "ab"),
            "\(manyElements).map(a, 'x'.matches('(a{50}){20}' + string(a)))",
        ])
    func cost(source: String) throws {
        let expression = try Expression(parsing: source)
        let error = #expect(throws: EvaluationError.self) { try expression.evaluate(in: Scope()) }
        #expect(error?.kind == .costExceeded)
    }

    @Test("Neither || nor a macro absorbs the end of the budget")
    func absorption() throws {
        let endless = "lists.range(1000).all(a, lists.range(1000).all(b, a >= 0))"
        for source in ["\(endless) || true", "[1, 2].exists(x, x == 2 || \(endless))"] {
            let error = #expect(throws: EvaluationError.self) { try evaluate(source) }
            #expect(error?.kind == .costExceeded)
        }
    }

    @Test("A value whose parts are shared is measured as what it would be as JSON")
    func sharing() throws {
        let value = try evaluate("cel.bind(x, 1, \(Self.doubling))")
        let error = #expect(throws: SignalboxError.self) { try value.json() }
        #expect(error?.code == .limit)
    }

    @Test("The limit can be lowered")
    func lowered() throws {
        let expression = try Expression(parsing: "1 + 1 + 1")
        #expect(try expression.evaluate(in: Scope(), costLimit: 5).json() == 3)
        let error = #expect(throws: EvaluationError.self) { try expression.evaluate(in: Scope(), costLimit: 4) }
        #expect(error?.kind == .costExceeded)
    }

    @Test(
        "Hostile patterns neither hang nor crash",
        arguments: [
            "(a*)*b", "(a|aa)+$", "(((a{100}){100}){100})", "(?:a?){900}a{900}", "[", "\\", "\\C", "(?P<x", "a**",
        ])
    func patterns(pattern: String) throws {
        let scope = Scope(["text": .string(String(repeating: "a", count: 20_000)), "pattern": .string(pattern)])
        let expression = try Expression(parsing: "text.matches(pattern)")
        do {
            _ = try expression.evaluate(in: scope)
        } catch {
            #expect([.invalidArgument, .costExceeded].contains(error.kind))
        }
    }
}

extension String {
    /// The same expression inside `cel.bind(x, 'text', …)`.
    fileprivate func bound(to text: String) -> String { "cel.bind(x, '\(text)', \(self))" }
}
