import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var name: String
        var method = Method.post
        var target = "/api/tasks"
        var headers = ["Content-Type": "application/json"]
        var body = ""
        var bytes: [UInt8]?
        var status: Int
        var code: String
        /// Pointers, or line and column, of all findings.
        var places: Set<String> = []

        var testDescription: String { name }
    }

    static let refusals = [
        Refusal(name: "no body", status: 400, code: "invalid_json", places: ["1:1"]),
        Refusal(name: "no JSON", body: "{\n  \"plan\": x}", status: 400, code: "invalid_json", places: ["2:11"]),
        Refusal(name: "cut off", body: "{\"plan\": \"a\"", status: 400, code: "invalid_json", places: ["1:13"]),
        Refusal(
            name: "invalid UTF-8", bytes: Array("{\"plan\": \"".utf8) + [0xC3, 0x28] + Array("\"}".utf8), status: 400,
            code: "invalid_json", places: ["1:11"]),
        Refusal(name: "no object", body: "[]", status: 422, code: "invalid_input", places: [""]),
        Refusal(
            name: "unknown members and wrong types",
            body: #"{"plan": 7, "nmae": "x", "name": 1, "tags": [1], "files": [{"name": 1}], "a/b~c": 1}"#, status: 422,
            code: "invalid_input", places: ["/plan", "/nmae", "/name", "/tags", "/files/0", "/a~1b~0c"]),
        Refusal(name: "no plan", body: "{}", status: 422, code: "invalid_input", places: ["/plan"]),
        Refusal(
            name: "an unknown trigger", body: #"{"plan": "x", "trigger": "moon"}"#, status: 422, code: "invalid_input",
            places: ["/trigger", "/plan"]),
        Refusal(
            name: "an unknown plan", body: #"{"plan": "nowhere"}"#, status: 404, code: "not_found",
            places: ["/plan"]),
        Refusal(
            name: "another content type", headers: ["Content-Type": "text/plain"], body: "{}", status: 415,
            code: "unsupported_media_type"),
        Refusal(name: "no content type", headers: [:], body: "{}", status: 415, code: "unsupported_media_type"),
        Refusal(
            name: "another character set", headers: ["Content-Type": "application/json; charset=UTF-16"], body: "{}",
            status: 415, code: "unsupported_media_type"),
        Refusal(
            name: "our character set", headers: ["Content-Type": "application/json;charset=\"UTF-8\""], body: "{}",
            status: 422, code: "invalid_input", places: ["/plan"]),
        Refusal(
            name: "a packed body", headers: ["Content-Type": "application/json", "Content-Encoding": "gzip"],
            body: "{}",
            status: 415, code: "unsupported_media_type"),
        Refusal(
            name: "a condition for writing", method: .put, target: "/api/views/v",
            headers: ["Content-Type": "application/json", "If-None-Match": "*"], body: "{}", status: 422,
            code: "invalid_input"),
        Refusal(
            name: "from after to", method: .get, target: "/api/tasks?from=2026-02-01&to=2026-01-01", headers: [:],
            status: 422, code: "invalid_input"),
        Refusal(
            name: "a page of a cursor", method: .get, target: "/api/tasks?cursor=x&page=2", headers: [:], status: 422,
            code: "invalid_input"),
        Refusal(name: "an unknown task", method: .get, target: "/api/tasks/99", status: 404, code: "not_found"),
        Refusal(name: "no task's name", method: .get, target: "/api/tasks/%20", status: 404, code: "not_found"),
        Refusal(name: "no number", method: .get, target: "/api/tasks?page=x", status: 422, code: "invalid_input"),
        Refusal(name: "page 0", method: .get, target: "/api/tasks?page=0", status: 422, code: "invalid_input"),
        Refusal(name: "size 101", method: .get, target: "/api/tasks?size=101", status: 422, code: "invalid_input"),
        Refusal(name: "twice", method: .get, target: "/api/tasks?page=1&page=2", status: 422, code: "invalid_input"),
        Refusal(name: "unknown", method: .get, target: "/api/tasks?pgae=1", status: 422, code: "invalid_input"),
        Refusal(name: "limit 0", method: .get, target: "/api/events?limit=0", status: 422, code: "invalid_input"),
        Refusal(name: "position", method: .get, target: "/api/events?after=-1", status: 400, code: "malformed_request"),
        Refusal(
            name: "events of no task", method: .get, target: "/api/tasks/99/events", status: 404, code: "not_found"),
        Refusal(name: "no file", method: .get, target: "/api/files/abc", status: 404, code: "not_found"),
        Refusal(name: "a file without a name", target: "/api/files", body: "x", status: 422, code: "invalid_input"),
        Refusal(
            name: "a file that is a directory", target: "/api/files?name=..%2F..", body: "x", status: 422,
            code: "invalid_input"),
        Refusal(
            name: "a file with a name that misleads", target: "/api/files?name=invoice%E2%80%AEfdp.exe", body: "x",
            status: 422, code: "invalid_input"),
        Refusal(
            name: "a body that nobody reads", target: "/api/tasks/99/retry", body: #" {"from": "a"}"#, status: 422,
            code: "invalid_input", places: [""]),
        Refusal(
            name: "another body that nobody reads", target: "/api/plans/x/archive", body: "[]", status: 422,
            code: "invalid_input", places: [""]),
        Refusal(
            name: "an empty object as a body", target: "/api/tasks/99/kill", body: " { }\n", status: 404,
            code: "not_found"),
        Refusal(name: "cancel nothing", target: "/api/tasks/99/cancel", status: 404, code: "not_found"),
        Refusal(name: "no such plan", method: .get, target: "/api/plans/x", status: 404, code: "not_found"),
        Refusal(name: "no such page", method: .get, target: "/api/nowhere", status: 404, code: "not_found"),
        Refusal(name: "no such method", method: .delete, target: "/api/tasks", status: 405, code: "method_not_allowed"),
    ]

    @Test(arguments: World.Transport.allCases)
    func `Bad requests get problem details, and nothing is stored`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            for refusal in Self.refusals {
                let answer = try await world.send(
                    refusal.method, refusal.target, headers: refusal.headers,
                    body: refusal.bytes ?? Array(refusal.body.utf8))
                #expect(answer.status == refusal.status, "\(refusal.name): \(answer.text)")
                #expect(answer.headers["Content-Type"] == "application/problem+json", "\(refusal.name)")
                let problem = try answer.json()
                #expect(problem["code"]?.stringValue == refusal.code, "\(refusal.name): \(answer.text)")
                #expect(problem["detail"]?.stringValue?.isEmpty == false, "\(refusal.name)")
                let places = (problem["errors"]?.arrayValue ?? []).map { finding in
                    finding["pointer"]?.stringValue
                        ?? "\(finding["line"]?.intValue ?? 0):\(finding["column"]?.intValue ?? 0)"
                }
                #expect(Set(places) == refusal.places, "\(refusal.name): \(answer.text)")
            }
            let list = try await world.send(.get, "/api/tasks").json()
            #expect(list["total"] == 0)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Large bodies are refused`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let answer = try await world.send(
                .post, "/api/tasks", headers: ["Content-Type": "application/json"],
                body: [UInt8](repeating: UInt8(ascii: " "), count: Limits.requestBodyBytesMaximum + 1))
            #expect(answer.status == 413)
            #expect(try answer.json()["code"] == "limit_exceeded")
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `All mistakes of a plan are told at once`(transport: World.Transport) async throws {
        let text = """
            name: "Bad Name"
            colour: red
            inputs:
              a: {type: colour}
            steps:
              one:
                command: []
                needs: [nowhere]
              two:
                set: {x: "${{ steps.missing.output }}", y: "${{ 1 + }}", z: "${{ inputs.nope }}"}
                timeout: soon
              three: {}
            outputs:
              o: ${{ steps.four.output }}
            """
        try await World.with(transport) { world in
            let answer = try await world.post("/api/plans/validate", ["text": .string(text)])
            #expect(answer.status == 422)
            let findings = try #require(try answer.json()["errors"]?.arrayValue)
            #expect(findings.count >= 10, "\(answer.text)")
            for finding in findings {
                #expect((finding["line"]?.intValue ?? 0) > 0 && (finding["column"]?.intValue ?? 0) > 0)
            }
            let fine = try await world.post("/api/plans/validate", ["text": .string(SamplePlan.small)])
            #expect(fine.status == 200)
            let name = try fine.json()["name"]
            #expect(name == "small")
        }
    }
}
