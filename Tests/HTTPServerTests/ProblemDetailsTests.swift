import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProblemDetailsTests {
    @Test(arguments: [
        (SignalboxError.Code.invalidJSON, 400), (.invalidInput, 422), (.invalidPlan, 422), (.expression, 422),
        (.notFound, 404), (.conflict, 409), (.limit, 413), (.storage, 507), (.unavailable, 503), (.upstream, 502),
        (.internal, 500), (.configuration, 500), (.forbidden, 403), (.misdirected, 421), (.methodNotAllowed, 405),
        (.unsupportedMediaType, 415), (.malformedRequest, 400), (.requestTimeout, 408), (.headerTooLarge, 431),
        (SignalboxError.Code(rawValue: "new_word"), 500),
    ])
    func `Every code has its status`(code: SignalboxError.Code, status: Int) throws {
        let response = Response.problem(SignalboxError(code, "A sentence."))
        #expect(response.status.rawValue == status)
        #expect((response.headers["Retry-After"] != nil) == (status == 503))
    }

    @Test func `All findings are listed with their places`() async throws {
        let error = SignalboxError(
            .invalidPlan, "The plan has 2 mistakes.",
            diagnostics: [
                Diagnostic("Unknown field", at: .source(file: "plan.yaml", line: 3, column: 5), hint: "Remove it"),
                Diagnostic("Missing", at: .pointer("/steps/0")),
            ])
        let response = Response.problem(error, for: try Request(.post, "/api/tasks"))
        let expected: JSON = [
            "type": "urn:signalbox:problem:invalid_plan", "title": "Unprocessable Content", "status": 422,
            "detail": "The plan has 2 mistakes.", "code": "invalid_plan", "instance": "/api/tasks",
            "errors": [
                ["detail": "Unknown field", "file": "plan.yaml", "line": 3, "column": 5, "hint": "Remove it"],
                ["detail": "Missing", "pointer": "/steps/0"],
            ],
        ]
        #expect(try JSON(parsing: await response.body.collect()) == expected)
    }

    @Test func `A single place is a finding of its own`() async throws {
        let error = SignalboxError(.invalidInput, "Too small.", at: .pointer("/limits/n"), hint: "At least 1.")
        let problem = try JSON(parsing: await Response.problem(error).body.collect())
        #expect(problem["errors"] == [["detail": "Too small.", "pointer": "/limits/n", "hint": "At least 1."]])
        #expect(problem["hint"] == "At least 1.")
    }
}
