import CEL
import Core
import Testing

/// What is known to fail before anything is evaluated.
@Suite(.timeLimit(.minutes(1)))
struct TypeCheckerTests {
    private static func known(_ path: [String]) -> StaticType? {
        let types: [String: StaticType] = [
            "text": .string, "number": .number, "flag": .bool, "items": .list, "call.name": .string,
        ]
        return types[path.joined(separator: ".")]
    }

    private func told(_ source: String) throws -> (type: StaticType?, findings: [String]) {
        let (type, findings) = try Expression(parsing: source).checkTypes(Self.known)
        return (
            type,
            findings.map { finding in
                guard case .source(_, let line, let column) = finding.place else { return "no place" }
                return "\(line):\(column) \(finding.message)"
            }
        )
    }

    @Test(arguments: [
        ("text > 3", "1:1 \">\" cannot compare a string with a number"),
        ("items < items", "1:1 \"<\" cannot compare a list with a list"),
        ("call.name == 3", "1:1 this is always false: a string is compared with a number"),
        ("call['name'] != true", "1:1 this is always true: a string is compared with true or false"),
        ("text && flag", "1:1 \"&&\" needs true or false, not a string"),
        ("flag || number", "1:9 \"||\" needs true or false, not a number"),
        ("!text", "1:2 \"!\" needs true or false, not a string"),
        ("number ? 1 : 2", "1:1 \"?\" needs true or false, not a number"),
        ("text + 1 == 'a1'", "1:1 \"+\" does not take a string and a number"),
        ("'a' in text", "1:1 \"in\" needs a list or a map behind it, not a string"),
        ("number.startsWith('a')", "1:1 the function \"startsWith\" is for a string, not a number"),
        ("items.exists(x, text > 3)", "1:17 \">\" cannot compare a string with a number"),
        ("size(text) == 'a'", "1:1 this is always false: a number is compared with a string"),
    ])
    func `what certainly fails is told with its place`(source: String, expected: String) throws {
        #expect(try told(source).findings == [expected])
    }

    @Test(
        arguments: [
            ("unknown > 3", .bool), ("unknown.member + text", nil), ("number == null", .bool), ("number > 3u", .bool),
            ("text.startsWith('a') && number < 2.5", .bool), ("flag ? 'a' : 'b'", .string), ("text + 'a'", .string),
            ("call.?name.orValue('x') == 'y'", .bool), ("call.?name.orValue('x')", .string), ("[1, 'a']", .list),
            ("{'a': 1}", .map), ("items.map(x, x + 1)", .list), ("has(call.name)", .bool), ("'a' in items", .bool),
            ("type(number) == int", .bool), ("timestamp('2026-11-20T15:04:05Z') + duration('1h')", nil),
            ("cel.bind(x, 1, x == 1)", nil), ("-number", .number), ("unknown ? text : number", nil),
        ] as [(String, StaticType?)])
    func `what may be right is left alone, and its type known where it can be`(
        source: String, expected: StaticType?
    ) throws {
        let (type, findings) = try told(source)
        #expect(findings.isEmpty)
        #expect(type == expected)
    }
}
