import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LocalSafetyTests {
    private let safety = LocalSafety(port: 7171)

    @Test(arguments: ["localhost:7171", "LOCALHOST:7171", "127.0.0.1:7171", "[::1]:7171"])
    func `Our own names are answered`(host: String) throws {
        try safety.check(Request(.get, "/api/tasks", headers: ["Host": host]))
    }

    @Test(arguments: [
        "evil.example:7171", "localhost", "127.0.0.1", "localhost:7172", "localhost:7171.evil.example",
        "localhost.:7171", "evil.example@localhost:7171", "127.0.0.1:07171", "", "0.0.0.0:7171", "[::]:7171",
    ])
    func `Other names are misdirected, for they may be rebound`(host: String) throws {
        let request = try Request(.get, "/", headers: ["Host": host])
        #expect(throws: SignalboxError.self) { try safety.check(request) }
        let missing = try Request(.get, "/")
        let twice = try Request(.get, "/", headers: ["Host": "localhost:7171", "host": "localhost:7171"])
        #expect(throws: SignalboxError.self) { try safety.check(missing) }
        #expect(throws: SignalboxError.self) { try safety.check(twice) }
    }

    struct Change: Sendable {
        var method = Method.post
        var headers: [String: String] = [:]
        var body = ""
        var code: SignalboxError.Code?
    }

    static let changes = [
        Change(),
        Change(headers: ["Origin": "http://localhost:7171", "Sec-Fetch-Site": "same-origin"]),
        Change(headers: ["Origin": "http://127.0.0.1:7171"]),
        Change(headers: ["Content-Type": "application/json; charset=utf-8"], body: "{}"),
        Change(headers: ["Content-Type": "application/octet-stream"], body: "x"),
        Change(headers: ["Origin": "https://evil.example"], code: .forbidden),
        Change(headers: ["Origin": "null"], code: .forbidden),
        Change(headers: ["Origin": "https://localhost:7171"], code: .forbidden),
        Change(headers: ["Origin": "http://localhost:3000"], code: .forbidden),
        Change(headers: ["Sec-Fetch-Site": "cross-site"], code: .forbidden),
        Change(headers: ["Sec-Fetch-Site": "same-site"], code: .forbidden),
        Change(method: .delete, headers: ["Origin": "https://evil.example"], code: .forbidden),
        Change(method: .get, headers: ["Origin": "https://evil.example"]),
        Change(method: .get, headers: ["Origin": "https://evil.example", "Upgrade": "websocket"], code: .forbidden),
        Change(body: "{}", code: .unsupportedMediaType),
        Change(headers: ["Content-Type": "text/plain"], body: "{}", code: .unsupportedMediaType),
        Change(headers: ["Content-Type": "text/plain; application/json"], body: "{}", code: .unsupportedMediaType),
        Change(
            headers: ["Content-Type": "application/x-www-form-urlencoded"], body: "a=b", code: .unsupportedMediaType),
    ]

    @Test(arguments: changes)
    func `Changes come from our own pages or from programs`(change: Change) throws {
        var request = try Request(change.method, "/api/tasks", headers: ["Host": "localhost:7171"])
        for (name, value) in change.headers { request.headers.add(name, value) }
        request.body = Array(change.body.utf8)
        do {
            try safety.check(request)
            #expect(change.code == nil)
        } catch let error as SignalboxError {
            #expect(error.code == change.code)
        }
    }

    @Test func `As a middleware it answers for the handler`() async throws {
        var router = Router()
        router.middlewares = [safety.middleware]
        router.get("/") { _ in .text("secret") }
        let response = await router.respond(to: try Request(.get, "/", headers: ["Host": "evil.example:7171"]))
        #expect(response.status == .misdirectedRequest)
        let ours = await router.respond(to: try Request(.get, "/", headers: ["Host": "localhost:7171"]))
        #expect(ours.status == .ok)
    }
}
