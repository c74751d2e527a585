import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HostileClientTests {
    private func router() -> Router {
        var router = Router(bodyBytesMaximum: 100_000)
        router.get("/ok") { _ in .text("fine") }
        router.post("/echo") { request in Response(body: .bytes(request.body)) }
        return router
    }

    /// Sends that and returns all that comes back; the server must still answer others afterwards.
    private func exchange(
        _ pieces: [String], configure: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> String {
        try await withServer(router(), configure: configure) { server in
            let port = server.port
            let answer = try await blocking {
                let client = try RawClient(port: port)
                for piece in pieces { client.send(piece) }
                return try client.receiveAll()
            }
            #expect(try await isAlive(port))
            return answer
        }
    }

    @Test func whatCannotBeReadIsAnsweredAsOtherErrorsAre() async throws {
        var router = router()
        let problem = router.errorResponse
        router.errorResponse = { error, request in
            guard request.headers["Accept"] == "text/html" else { return problem(error, request) }
            return .text("A page about \(request.path)")
        }
        try await withServer(router) { server in
            let port = server.port
            let answers = try await blocking {
                try [("/tasks?search=%00", "text/html"), ("/tasks?search=%00", "*/*"), ("/%00", "text/html")].map {
                    let client = try RawClient(port: port)
                    client.send("GET \($0) HTTP/1.1\r\nHost: x\r\nAccept: \($1)\r\nConnection: close\r\n\r\n")
                    return try client.receiveAll()
                }
            }
            #expect(answers[0].hasSuffix("A page about /tasks"))
            for answer in answers.dropFirst() {
                #expect(answer.contains("application/problem+json") && answer.contains("control characters"))
            }
        }
    }

    private func isAlive(_ port: UInt16) async throws -> Bool {
        try await blocking {
            let client = try RawClient(port: port)
            client.send("GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return try client.receiveAll().hasSuffix("fine")
        }
    }

    @Test(arguments: [
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        "GET /%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /a/../ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /a%00b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "GET /ok HTTP/1.1\r\nConnection: close\r\n\r\n",
    ])
    func `What is not right is a 400, or a 413 for a length beyond all numbers`(message: String) async throws {
        let answer = try await exchange([message])
        #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
    }

    @Test(arguments: [
        "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "hello\r\n\r\n", "\r\n\r\n\r\n\r\nGET\r\n\r\n", "GET /ok HTTP/9.9\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}\r\n\r\n",
    ])
    func `Garbage is refused and harms nobody`(message: String) async throws {
        let answer = try await exchange([message]) { $0.requestTimeout = .milliseconds(300) }
        #expect(!answer.contains("200 OK"))
    }

    @Test func `A chunked body is put together`() async throws {
        let answer = try await exchange([
            "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
            "5\r\nhello\r\n", "7\r\n, world\r\n", "0\r\n\r\n",
        ])
        #expect(answer.hasSuffix("hello, world"))
    }

    @Test func `Pipelined requests are answered in order`() async throws {
        let get = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"
        let post = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nfirst"
        let last = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlast"
        let answer = try await exchange([get + post + get + last])
        let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "H" } }
        #expect(bodies == ["fine", "first", "fine", "last"])
    }

    @Test func `A client that waits for a go-ahead is refused before it sends`() async throws {
        let answer = try await exchange([
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\nExpect: 100-continue\r\n\r\n"
        ])
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.contains(#""code":"limit_exceeded""#))
        #expect(answer.contains("Connection: close\r\n"))
    }

    @Test func `A client that waits for a go-ahead gets it`() async throws {
        let answer = try await withServer(router()) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
                let interim = try client.receive(until: "\r\n\r\n")
                client.send("body")
                return interim + (try client.receive(until: "body"))
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("body"))
    }

    @Test(arguments: [true, false])
    func `A body of 100 MB is refused and thrown away`(isChunked: Bool) async throws {
        try await withServer(router()) { server in
            let port = server.port
            let answer = try await blocking {
                let client = try RawClient(port: port)
                let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(100 << 20)"
                client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\(length)\r\n\r\n")
                let megabyte = [UInt8](repeating: 0x61, count: 1 << 20)
                for _ in 0..<100 {
                    if isChunked { client.send("100000\r\n") }
                    // The whole body is taken, so that a client that reads only afterwards sees the answer.
                    guard client.send(megabyte) else { return "cut" }
                    if isChunked { client.send("\r\n") }
                }
                if isChunked { client.send("0\r\n\r\n") }
                return try client.receiveAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(answer.contains("may have at most 100000 bytes"))
            #expect(answer.components(of: "HTTP/1.1") == 1)
            #expect(try await isAlive(port))
        }
    }

    @Test func `A header that is too long is a 431`() async throws {
        let long = "X-Long: " + String(repeating: "x", count: 12 << 10)
        let answer = try await exchange(["GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(long)\r\n\r\n"])
        #expect(answer.hasPrefix("HTTP/1.1 431 "))
        #expect(answer.contains(#""code":"header_too_large""#))
        let endless = "X-Endless: " + String(repeating: "x", count: 100 << 10)
        let cut = try await exchange(["GET /ok HTTP/1.1\r\nHost: x\r\n\(endless)\r\n\r\n"])
        #expect(!cut.contains("200 OK"))
    }

    @Test func `A request that never ends is a 408`() async throws {
        for beginning in [
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc", "GET /ok HTTP/1.1\r\nHost: x\r\nX-A: ",
        ] {
            let answer = try await exchange([beginning]) { $0.requestTimeout = .milliseconds(200) }
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
            #expect(answer.contains(#""code":"request_timeout""#))
        }
    }

    @Test func `A connection that says nothing is closed`() async throws {
        let answer = try await exchange([]) { $0.requestTimeout = .milliseconds(200) }
        #expect(answer.isEmpty)
    }

    @Test func `A connection that is idle between requests is closed`() async throws {
        let answer = try await exchange(["GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"]) {
            $0.idleTimeout = .milliseconds(200)
        }
        #expect(answer.hasSuffix("fine"))
    }

    @Test func `Clients that hang up in the middle harm nobody`() async throws {
        try await withServer(router()) { server in
            let port = server.port
            try await blocking {
                for message in [
                    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\nabc", "GET /ok HT",
                    "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n", "",
                ] {
                    for _ in 0..<50 { try RawClient(port: port).send(message) }
                }
            }
            #expect(try await isAlive(port))
        }
    }

    @Test func `Two thousand connections at once are all answered`() async throws {
        try await withServer(router()) { server in
            let port = server.port
            let answered = try await blocking {
                let clients = try (0..<2_000).map { _ in try RawClient(port: port) }
                for client in clients { client.send("GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
                return try clients.count { try $0.receiveAll().hasSuffix("fine") }
            }
            #expect(answered == 2_000)
        }
    }

    @Test func `All bodies together are bounded`() async throws {
        try await withServer(router()) {
            $0.bodyBytesInMemoryMaximum = 60_000
        } _: { server in
            let port = server.port
            let answers = try await blocking {
                let head = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n"
                let first = try RawClient(port: port)
                first.send(head + String(repeating: "a", count: 49_999))
                let second = try RawClient(port: port)
                // Only the part of the first body that the server has read counts, so the second may need to insist.
                second.send(head + String(repeating: "b", count: 50_000))
                let refused = try second.receiveAll()
                first.send("a")
                return (refused, try first.receiveAll())
            }
            let statuses = [answers.0, answers.1].map { $0.dropFirst(9).prefix(3) }
            #expect(statuses.contains("503"))
            #expect(try await isAlive(port))
        }
    }
}

extension String {
    /// How often that text occurs.
    fileprivate func components(of text: String) -> Int {
        indices.count { self[$0...].hasPrefix(text) }
    }
}
