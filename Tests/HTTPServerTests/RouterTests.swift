import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RouterTests {
    private func router() -> Router {
        let asset = unsafe StaticBytes(
            UnsafeRawBufferPointer(
                start: Self.assetText.utf8Start, count: Self.assetText.utf8CodeUnitCount))
        var router = Router(bodyBytesMaximum: 1_000)
        router.get("/") { _ in .text("root") }
        router.get("/tasks/{id}") { request in .text("task \(request.pathParameter("id"))") }
        router.get("/tasks/new") { _ in .text("new") }
        router.post("/tasks") { request in .json(try request.json(), status: .created) }
        router.put("/tasks/{id}", bodyBytesMaximum: 5_000) { request in .text("\(request.body.count)") }
        router.get("/assets/{path...}") { request in .text(request.pathParameter("path")) }
        router.get("/query") { request in
            .text(request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";"))
        }
        router.get("/stream") { _ in
            Response(
                body: .stream { writer in
                    for _ in 0..<100 { try await writer.write([UInt8](repeating: 0x78, count: 10_000)) }
                })
        }
        router.get("/asset") { _ in Response(body: .static(asset)) }
        router.get("/missing") { _ in throw SignalboxError(.notFound, "There is no such thing.", hint: "Look.") }
        router.get("/defect") { _ in throw Defect() }
        router.get("/forged") { _ in Response(headers: ["X-Name": "a\r\nX-Forged: yes"]) }
        return router
    }

    private static let assetText: StaticString = "embedded"

    private struct Defect: Error { let secret = "hunter2" }

    struct Case: Sendable, CustomTestStringConvertible {
        var target: String
        var status: Int
        var text: String
        var testDescription: String { target }
    }

    static let cases = [
        Case(target: "/", status: 200, text: "root"),
        Case(target: "/tasks/7", status: 200, text: "task 7"),
        Case(target: "/tasks/7/", status: 200, text: "task 7"),
        Case(target: "/tasks/new", status: 200, text: "new"),
        Case(target: "/tasks/a%2Fb%20%C3%BC", status: 200, text: "task a/b ü"),
        Case(target: "/assets/css/page.css", status: 200, text: "css/page.css"),
        Case(target: "/asset", status: 200, text: "embedded"),
        Case(target: "/query?a=1&b&a=%C3%A4+%2B", status: 200, text: "a=1;b=;a=ä +"),
    ]

    @Test(arguments: Transport.allCases, cases)
    func `A path finds its handler`(transport: Transport, example: Case) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.get, example.target))
            #expect(answer.status == example.status)
            #expect(answer.text == example.text)
        }
    }

    @Test(arguments: Transport.allCases)
    func `What is not there is a 404 as problem details`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.get, "/nowhere?x=1"))
            #expect(answer.status == 404)
            #expect(answer.header("Content-Type") == "application/problem+json")
            let problem = try JSON(parsing: answer.body)
            #expect(problem["code"] == "not_found")
            #expect(problem["status"] == 404)
            #expect(problem["title"] == "Not Found")
            #expect(problem["detail"] == "There is nothing at /nowhere.")
            #expect(problem["instance"] == "/nowhere?x=1")
        }
    }

    @Test(arguments: Transport.allCases)
    func `Another method is a 405 that names the right ones`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.delete, "/tasks/7"))
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD, PUT")
        }
    }

    @Test(arguments: Transport.allCases)
    func `Allow tells the methods of the most particular pattern`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            #expect(try await send(Request(.put, "/tasks/new")).text == "0")
            let answer = try await send(Request(.delete, "/tasks/new"))
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD")
        }
    }

    @Test(arguments: Transport.allCases, ["/tasks/7", "/stream"])
    func `HEAD is answered by the GET route, without a body`(transport: Transport, target: String) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.head, target))
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
        }
    }

    @Test(arguments: Transport.allCases)
    func `A body longer than the route's limit is a 413`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let body = [UInt8](repeating: 0x20, count: 1_001)
            let refused = try await send(Request(.post, "/tasks", body: body))
            #expect(refused.status == 413)
            let accepted = try await send(Request(.put, "/tasks/7", body: body))
            #expect(accepted.text == "1001")
        }
    }

    @Test(arguments: Transport.allCases)
    func `A streamed body arrives whole`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.get, "/stream"))
            #expect(answer.body.count == 1_000_000)
        }
    }

    @Test(arguments: Transport.allCases)
    func `JSON comes in and goes out`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let headers: Headers = ["Content-Type": "application/json; charset=utf-8"]
            let answer = try await send(Request(.post, "/tasks", headers: headers, body: Array(#"{"a":[1]}"#.utf8)))
            #expect(answer.status == 201)
            #expect(answer.text == #"{"a":[1]}"#)
            let untyped = try await send(Request(.post, "/tasks", body: Array("{}".utf8)))
            #expect(untyped.status == 415)
            let broken = try await send(Request(.post, "/tasks", headers: headers, body: Array("{\n\"a\":}".utf8)))
            #expect(broken.status == 400)
            #expect(try JSON(parsing: broken.body)["errors"]?[0]?["line"] == 2)
        }
    }

    @Test(arguments: Transport.allCases)
    func `A defect answers 500 and keeps its text inside`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(Request(.get, "/defect"))
            #expect(answer.status == 500)
            #expect(!answer.text.contains("hunter2"))
        }
    }

    @Test func `A header with a line break is not sent`() async throws {
        try await Transport.live.with(router()) { send in
            let answer = try await send(Request(.get, "/forged"))
            #expect(answer.status == 500)
            #expect(answer.header("X-Forged") == nil)
        }
    }

    @Test func `Errors from 500 on are reported once, others not`() async throws {
        var router = router()
        let (reports, reported) = AsyncStream<String>.makeStream()
        router.middlewares = [{ try await $1($0) }, { try await $1($0) }]
        router.reportError = { error, request in reported.yield("\(type(of: error)) at \(request.path)") }
        _ = await router.respond(to: try Request(.get, "/missing"))
        _ = await router.respond(to: try Request(.get, "/defect"))
        reported.finish()
        #expect(await reports.reduce(into: []) { $0.append($1) } == ["Defect at /defect"])
    }

    @Test func `Middlewares stand around each other and see errors as responses`() async throws {
        var router = router()
        router.middlewares = ["outer", "inner"].map { name in
            { request, next in
                var response = try await next(request)
                response.headers.add("X-Passed", "\(name) \(response.status.rawValue)")
                return response
            }
        }
        let response = await router.respond(to: try Request(.get, "/missing"))
        #expect(response.headers.all("X-Passed") == ["inner 404", "outer 404"])
    }
}
