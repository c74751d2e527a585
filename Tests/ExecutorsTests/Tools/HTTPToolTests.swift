import Core
import HTTPClient
import HTTPServer
import Plans
import Processes
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// The tool `http` against real servers on this machine, which it reaches only where the plan says so.
@Suite(.timeLimit(.minutes(1)))
struct HTTPToolTests {
    private func router() -> Router {
        var router = Router()
        router.get("/text") { _ in .text("fine") }
        router.get("/headers") { request in
            let names = ["Authorization", "X-Mine", "Accept", "Idempotency-Key", "Cookie"]
            return .text(names.map { "\($0)=\(request.headers[$0] ?? "-")" }.joined(separator: ";"))
        }
        router.on(.post, "/echo") { request in
            let key = request.headers["Idempotency-Key"] ?? "-"
            let type = request.headers["Content-Type"] ?? "-"
            return .text("\(key) \(type) \(String(decoding: request.body, as: UTF8.self))")
        }
        router.on(.post, "/moved") { _ in Response(.seeOther, headers: ["Location": "/text"]) }
        router.get("/binary") { _ in
            Response(.ok, headers: ["Content-Type": "application/pdf"], body: .bytes(Array("%PDF-1.7\n".utf8) + [0xFF]))
        }
        router.get("/long") { _ in .text(String(repeating: "x", count: 200_000)) }
        router.get("/huge") { _ in .text(String(repeating: "x", count: Limits.toolResponseBytesMaximum + 1)) }
        router.get("/json") { _ in
            Response(.ok, headers: ["Content-Type": "application/json"], body: .bytes(Array("{\"a\":[1,2]}".utf8)))
        }
        router.get("/missing") { _ in .text("nothing here", status: .notFound) }
        router.get("/redirect") { request in
            Response(.seeOther, headers: ["Location": request.query["to"] ?? "/redirect"])
        }
        router.get("/endless") { _ in Response(.seeOther, headers: ["Location": "/endless"]) }
        return router
    }

    /// Runs a tool against the server; `HOST` in addresses stands for `127.0.0.1:PORT`, `NAME` for `localhost:PORT`.
    private func call(
        _ options: HTTPToolOptions = HTTPToolOptions(
            methods: ["GET", "HEAD", "POST"], privateHosts: ["127.0.0.1", "localhost"]),
        _ arguments: JSONObject, in box: ToolBench
    ) async throws -> ToolOutput {
        try await withServer(router()) { server in
            var arguments = arguments
            let url = arguments["url"]?.stringValue ?? ""
            arguments["url"] = .string(
                url.replacing("HOST", with: "127.0.0.1:\(server.port)")
                    .replacing("NAME", with: "localhost:\(server.port)"))
            return try await box.call(try box.tools.http(options), arguments)
        }
    }

    private func error(_ options: HTTPToolOptions, _ arguments: JSONObject) async throws -> SignalboxError? {
        let box = try await ToolBench()
        return await #expect(throws: SignalboxError.self) { try await call(options, arguments, in: box) }
    }

    @Test func anAnswerIsGivenWithItsHeader() async throws {
        let box = try await ToolBench()
        let output = try await call(["url": "http://HOST/json"], in: box)
        #expect(output.text.hasPrefix("GET http://127.0.0.1:"))
        #expect(output.text.contains("/json was answered with status 200.\nContent-Type: application/json\n"))
        #expect(output.text.hasSuffix("\n\n{\"a\":[1,2]}"))
        #expect(output.value?["body"] == ["a": [1, 2]])
        #expect(output.value?["status"] == 200)
        #expect(output.isFromNetwork && !output.isError)
        #expect(output.source?.hasSuffix("/json") == true)
    }

    private func call(_ arguments: JSONObject, in box: ToolBench) async throws -> ToolOutput {
        try await call(
            HTTPToolOptions(methods: ["GET", "HEAD", "POST"], privateHosts: ["127.0.0.1", "localhost"]), arguments,
            in: box)
    }

    @Test func anErrorIsAnAnswerToo() async throws {
        let box = try await ToolBench()
        let output = try await call(["url": "http://HOST/missing"], in: box)
        #expect(output.isError)
        #expect(output.text.contains("status 404") && output.text.hasSuffix("nothing here"))
    }

    @Test("Private addresses are refused unless the plan names them", arguments: ["HOST", "NAME"])
    func closedByDefault(place: String) async throws {
        let arguments: JSONObject = ["url": .string("http://\(place)/text")]
        let refused = try await error(HTTPToolOptions(), arguments)
        #expect(refused?.code == .addressRefused)
        #expect(refused?.hint?.contains("\"private\"") == true)
        // To be among the hosts says nothing about where a name leads.
        let named = HTTPToolOptions(hosts: ["127.0.0.1", "localhost"])
        #expect(try await error(named, arguments)?.code == .addressRefused)
        let box = try await ToolBench()
        let open = HTTPToolOptions(privateHosts: ["127.0.0.0/8", "::1"])
        #expect(try await call(open, arguments, in: box).text.hasSuffix("fine"))
    }

    @Test(arguments: [
        "http://example.com/", "http://notlocalhost/", "http://localhost.evil.test/", "http://169.254.169.254/",
        "http://127.0.0.1.evil.test/",
    ])
    func otherHostsAreNotEvenLookedUp(url: String) async throws {
        let options = HTTPToolOptions(hosts: ["localhost", "*.example.com"], privateHosts: ["*"])
        let refused = try await error(options, ["url": .string(url)])
        #expect(refused?.code == .invalidInput)
        #expect(refused?.message.contains("is none of the hosts that this tool may reach.") == true)
        #expect(refused?.hint == "It may reach localhost, *.example.com.")
    }

    @Test("A redirect does not lead to other hosts, or to private ones")
    func redirects() async throws {
        let box = try await ToolBench()
        let followed = try await call(["url": "http://HOST/redirect?to=/text"], in: box)
        #expect(followed.text.hasSuffix("fine"))
        #expect(followed.source?.hasSuffix("/text") == true)
        let hosts = HTTPToolOptions(hosts: ["127.0.0.1"], privateHosts: ["127.0.0.1"])
        let elsewhere = try await error(hosts, ["url": "http://HOST/redirect?to=http://example.com/"])
        #expect(elsewhere?.message.contains("example.com:80 is none of the hosts") == true)
        let reached = HTTPToolOptions(privateHosts: ["127.0.0.1"])
        for place in ["127.0.0.2:1", "[::1]:1", "169.254.169.254", "10.0.0.1", "0x7f.2:1", "[::ffff:7f00:2]:1"] {
            let inside = try await error(reached, ["url": .string("http://HOST/redirect?to=http://\(place)/")])
            #expect(inside?.code == .addressRefused, "\(place)")
        }
        let file = try await error(reached, ["url": "http://HOST/redirect?to=file:///etc/passwd"])
        #expect(file?.code == .invalidInput)
        await #expect(throws: Failure.self) { try await call(["url": "http://HOST/endless"], in: box) }
    }

    @Test func whatWasMeantForOneHostIsNotSentToAnother() async throws {
        let box = try await ToolBench()
        let headers: JSON = ["Authorization": "Bearer secret", "X-Mine": "mine", "Accept": "text/plain"]
        let same = try await call(["url": "http://HOST/redirect?to=/headers", "headers": headers], in: box)
        #expect(same.text.contains("Authorization=Bearer secret;X-Mine=mine;Accept=text/plain;Idempotency-Key=-"))
        try await withServer(router()) { other in
            let url = "http://HOST/redirect?to=http://127.0.0.1:\(other.port)/headers"
            let away = try await call(["url": .string(url), "headers": headers], in: box)
            #expect(away.text.contains("Authorization=-;X-Mine=-;Accept=text/plain"))
        }
    }

    @Test func requestsThatChangeSomethingAreMadeOnce() async throws {
        let box = try await ToolBench()
        let text = try await call(["url": "http://HOST/echo", "method": "post", "body": "plain"], in: box)
        #expect(text.text.hasSuffix("key/call_1 - plain"))
        let json = try await call(["url": "http://HOST/echo", "body": ["a": 1]], in: box)
        #expect(json.text.hasSuffix("key/call_1 application/json {\"a\":1}"))
        let moved = try await call(["url": "http://HOST/moved", "body": "x"], in: box)
        #expect(moved.text.contains("status 303") && moved.text.contains("Location: /text"))
        let tool = try box.tools.http(HTTPToolOptions(methods: ["GET", "POST"]))
        #expect(!tool.isRepeatable)
        #expect(tool.isRepeatable(["url": "http://a/"]) && tool.isRepeatable(["url": "http://a/", "method": "GET"]))
        #expect(!tool.isRepeatable(["url": "http://a/", "method": "post"]))
        #expect(!tool.isRepeatable(["url": "http://a/", "body": "x"]))
    }

    @Test(arguments: [
        ["url": "http://HOST/text", "method": "DELETE"] as JSONObject,
        ["url": "http://HOST/text", "method": "CONNECT"],
        ["url": "http://user:hunter2@HOST/text"], ["url": "ftp://HOST/"], ["url": "file:///etc/passwd"],
        ["url": "gopher://HOST/"], ["url": "HOST/text"], [:], ["url": 1], ["url": "http://HOST/ text"],
        ["url": "http://HOST/", "headers": ["Host": "internal"]],
        ["url": "http://HOST/", "headers": ["Transfer-Encoding": "chunked"]],
        ["url": "http://HOST/", "headers": ["Proxy-Authorization": "x"]],
        ["url": "http://HOST/", "headers": ["X": "a\r\nHost: internal"]], ["url": "http://HOST/", "headers": ["X": 1]],
        ["url": "http://HOST/text", "save_to": "../out"], ["url": "http://HOST/text", "save_to": "in/a"],
    ])
    func whatMustNotBeSentIsRefused(arguments: JSONObject) async throws {
        let options = HTTPToolOptions(methods: ["GET", "POST"], privateHosts: ["127.0.0.1"])
        let refused = try await error(options, arguments)
        #expect(refused?.code == .invalidInput)
        #expect(refused?.message.contains("hunter2") == false)
    }

    @Test func largeAndBinaryBodiesGoToFiles() async throws {
        let box = try await ToolBench()
        let long = try await call(["url": "http://HOST/long"], in: box)
        #expect(long.text.utf8.count < Limits.toolTextBytesMaximum + 1_000)
        #expect(long.text.contains("[Cut: the first 65536 of 200000 bytes. Ask again with \"save_to\""))
        #expect(long.value?["body"]?.stringValue?.utf8.count == 200_000)
        let binary = try await call(["url": "http://HOST/binary"], in: box)
        #expect(binary.isError && binary.text.contains("10 bytes of application/pdf that are not text"))
        let saved = try await call(["url": "http://HOST/binary", "save_to": "out/a.pdf"], in: box)
        #expect(!saved.isError && saved.files.map(\.name) == ["out/a.pdf"])
        let shown = try await box.call(box.tools.readFile, ["path": "out/a.pdf"])
        #expect(shown.parts.count == 2)
        let error = await #expect(throws: SignalboxError.self) { try await call(["url": "http://HOST/huge"], in: box) }
        #expect(error?.code == .limit)
    }

    @Test func whoIsNotThereMayBeLater() async throws {
        let box = try await ToolBench()
        let port = try await withServer(Router()) { $0.port }
        let failure = await #expect(throws: Failure.self) {
            try await call(["url": .string("http://127.0.0.1:\(port)/")], in: box)
        }
        #expect(failure?.isTransient == true)
    }

    @Test(arguments: ["http://a", "a b", "", "10.0.0.0/8/8"])
    func hostsThatCannotBeReadAreRefused(text: String) async throws {
        let box = try await ToolBench()
        #expect(throws: SignalboxError.self) { try box.tools.http(HTTPToolOptions(hosts: [text])) }
        #expect(throws: SignalboxError.self) { try box.tools.http(HTTPToolOptions(privateHosts: [text])) }
    }
}
