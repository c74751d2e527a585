import CEL
import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExplanationTests {
    private func lines(_ source: String, _ variables: [String: JSON]) throws -> [String] {
        let explanation = try Expression(parsing: source).explain(in: Scope(variables.mapValues(Value.init)))
        return try explanation.steps.map { step in
            let outcome =
                switch step.outcome {
                case .success(let value): try value.json().text
                case .failure(let error): error.kind.rawValue
                }
            let count = step.evaluationCount > 1 ? " ×\(step.evaluationCount)" : ""
            return "\(step.line):\(step.column) \(step.text) = \(outcome)\(count)"
        }
    }

    @Test("A branch is explained by the values of its parts, in source order")
    func branch() throws {
        #expect(
            try lines("total > limit || urgent", ["total": 5, "limit": 3, "urgent": false]) == [
                "1:1 total > limit || urgent = true",
                "1:1 total > limit = true",
                "1:1 total = 5",
                "1:9 limit = 3",
            ])
    }

    @Test("Macros show the last element and how many there were")
    func macros() throws {
        #expect(
            try lines("items.exists(i, i > 2)", ["items": [1, 2, 3, 4]]) == [
                "1:1 items.exists(i, i > 2) = true",
                "1:1 items = [1,2,3,4]",
                "1:17 i > 2 = true ×3",
                "1:17 i = 3 ×3",
            ])
    }

    @Test("An absorbed error is shown where it happened")
    func errors() throws {
        #expect(
            try lines("a.b > 1 || c", ["a": [:], "c": true]) == [
                "1:1 a.b > 1 || c = true",
                "1:1 a.b > 1 = no_such_field",
                "1:1 a.b = no_such_field",
                "1:1 a = {}",
                "1:12 c = true",
            ])
    }

    @Test("A failure is the outcome of the explanation")
    func failure() throws {
        let explanation = try Expression(parsing: "1 / 0 > 2").explain(in: Scope())
        guard case .failure(let error) = explanation.outcome else {
            Issue.record("a division by zero has no value")
            return
        }
        #expect(error.kind == .divisionByZero)
        #expect(explanation.steps.map(\.text) == ["1 / 0 > 2", "1 / 0"])
    }
}
