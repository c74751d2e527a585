import CEL
import Core
import Glibc
import Testing

/// The public conformance suite of the specification.
@Suite(.timeLimit(.minutes(1)))
struct ConformanceTests {
    @Test(
        "Every case of a section gives its value or an error",
        .enabled(if: ConformanceData.isPresent, "../shared/data/cel/conformance.jsonl is not beside the checkout"),
        arguments: ConformanceData.sections)
    func conformance(section: ConformanceData.Section) throws {
        for testCase in section.cases {
            let outcome = Result { try testCase.outcome() }
            switch (testCase.value, outcome) {
            case (nil, .failure): continue
            case (let expected?, .success(let value)):
                let expected = try ConformanceData.corrected[testCase.expression] ?? TestValue.value(expected)
                #expect(
                    TestValue.areIdentical(value, expected),
                    "\(testCase.name): \(testCase.expression) gave \(value), not \(expected)")
            default: Issue.record("\(testCase.name): \(testCase.expression) gave \(outcome)")
            }
        }
    }

    @Test(
        "The data has all of its cases",
        .enabled(if: ConformanceData.isPresent, "../shared/data/cel/conformance.jsonl is not beside the checkout"))
    func caseCount() {
        #expect(ConformanceData.sections.reduce(0) { $0 + $1.cases.count } == 1200)
    }
}

/// The cases, read from the file that lies beside the checkout.
enum ConformanceData {
    struct Section: Sendable, CustomTestStringConvertible {
        var name: String
        var cases: [Case]

        var testDescription: String { "\(name) (\(cases.count) cases)" }
    }

    struct Case: Sendable {
        var name: String
        var expression: String
        var bindings: JSON?
        /// Nil where an error is expected.
        var value: JSON?

        func outcome() throws -> Value {
            var scope = Scope()
            for (name, value) in bindings?.objectValue ?? JSONObject() { scope[name] = try TestValue.value(value) }
            return try Expression(parsing: expression).evaluate(in: scope)
        }
    }

    /// In cel-spec's parse.textproto these two are `bytes_value: " \\? \\" \\' ` "`, where `\\?` is protobuf's escape for `?`.
    /// The conversion to JSON kept the backslash, which no reading of an expression without one can give.
    static let corrected: [String: Value] = [
        #"b''' ? " ' ` '''"#: .bytes(Array(#" ? " ' ` "#.utf8)),
        #"b""" ? " ' ` """"#: .bytes(Array(#" ? " ' ` "#.utf8)),
    ]

    static var isPresent: Bool { !sections.isEmpty }

    static let sections: [Section] = {
        // Tests/CELTests/ConformanceTests.swift stands two folders below the root of the checkout.
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        guard let bytes = contents(of: "/\(root)/../shared/data/cel/conformance.jsonl") else { return [] }
        var sections: [Section] = []
        for line in bytes.split(separator: 0x0A) {
            let json: JSON
            do { json = try JSON(parsing: Array(line)) } catch { preconditionFailure("malformed data: \(error)") }
            guard let expression = json["expr"]?.stringValue else { preconditionFailure("a case has no expression") }
            let name = "\(json["file"]?.stringValue ?? "")/\(json["section"]?.stringValue ?? "")"
            let testCase = Case(
                name: json["name"]?.stringValue ?? "", expression: expression, bindings: json["bindings"],
                value: json["value"])
            if sections.last?.name != name { sections.append(Section(name: name, cases: [])) }
            sections[sections.count - 1].cases.append(testCase)
        }
        return sections
    }()

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
