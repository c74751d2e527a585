import Core
import HTTPServer
import Synchronization
import Testing

/// Requests that only read are begun on the connection's thread; whether their handlers wait or not, each is answered once.
@Suite(.timeLimit(.minutes(1)))
struct AnswerAtOnceTests {
    private static let text = String(repeating: "a line of text\n", count: 1_000)

    private func router() -> Router {
        var router = Router()
        router.get("/now") { _ in .text("now") }
        router.get("/late") { _ in
            await Task.yield()
            return .text("late")
        }
        // Goes on from another thread, before or after the connection's thread has noticed that it waits.
        router.get("/elsewhere") { _ in
            try await blocking {}
            return .text("elsewhere")
        }
        router.get("/lines") { _ in
            Response(body: .stream { writer in for _ in 0..<50 { try await writer.write(Self.text) } })
        }
        router.get("/text") { _ in .text(Self.text) }
        router.get("/fails") { _ in throw SignalboxError(.conflict, "It is in the way.") }
        router.post("/now") { request in Response(body: .bytes(request.body)) }
        return router
    }

    private func ask(_ server: HTTPServer, _ line: String, _ header: String = "") async throws -> String {
        try await blocking { [port = server.port] in
            let client = try RawClient(port: port)
            client.send("\(line) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\(header)\r\n")
            return try client.receiveAll()
        }
    }

    @Test func `One after the other on one connection, some at once and some later`() async throws {
        let targets = ["now", "late", "elsewhere"]
        try await withServer(router()) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                for number in 0..<3_000 {
                    let target = targets[number % targets.count]
                    client.send("GET /\(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                    let answer = try client.receive(until: "\r\n\r\n\(target)")
                    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(answer.hasSuffix("\r\n\r\n\(target)"))
                }
            }
        }
    }

    @Test func `Requests that come together are answered in their order`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                for target in ["now", "elsewhere", "now", "late"] {
                    client.send("GET /\(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                }
                client.send("GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return try client.receiveAll()
            }
            let bodies = answer.split(separator: "HTTP/1.1 200 OK\r\n").map { $0.split(separator: "\r\n\r\n").last }
            #expect(bodies == ["now", "elsewhere", "now", "late", "now"])
        }
    }

    @Test func `HEAD, errors, streams and bodies are answered as ever`() async throws {
        try await withServer(router()) { server in
            let head = try await ask(server, "HEAD /now")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(head.contains("Content-Length: 3\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
            #expect(try await ask(server, "GET /fails").hasPrefix("HTTP/1.1 409 Conflict\r\n"))
            let lines = try await ask(server, "GET /lines")
            #expect(lines.hasSuffix("0\r\n\r\n"))
            #expect(lines.utf8.count > 50 * Self.text.utf8.count)
            let post = try await ask(server, "POST /now", "Content-Length: 0\r\n")
            #expect(post.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `What stands around handlers holds for them as well`() async throws {
        let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
        let seen = Mutex(0)
        var router = router()
        router.middlewares = [
            { request, next in
                let response = try await next(request)
                seen.withLock { $0 += 1 }
                return response
            }, LocalSafety(port: server.port).middleware, Compression().middleware,
        ]
        try server.start(router)
        let foreign = try await blocking { [port = server.port] in
            let client = try RawClient(port: port)
            client.send("GET /now HTTP/1.1\r\nHost: evil.example:\(port)\r\nConnection: close\r\n\r\n")
            return try client.receiveAll()
        }
        #expect(foreign.hasPrefix("HTTP/1.1 421 "))
        #expect(!foreign.contains("\r\n\r\nnow"))
        #expect(try await ask(server, "GET /now").hasSuffix("\r\n\r\nnow"))
        #expect(try await ask(server, "GET /text", "Accept-Encoding: gzip\r\n").contains("Content-Encoding: gzip\r\n"))
        #expect(try await ask(server, "GET /text").hasSuffix(Self.text))
        #expect(seen.withLock { $0 } == 4)
        await server.stop()
    }

    @Test func `A stop in the middle of many leaves none behind`() async throws {
        for _ in 0..<20 {
            let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
            try server.start(router())
            let (starts, started) = AsyncStream<Void>.makeStream()
            async let answered = blocking { [port = server.port] in
                let client = try RawClient(port: port)
                var count = 0
                while client.send("GET /\(count % 2 == 0 ? "now" : "elsewhere") HTTP/1.1\r\nHost: x\r\n\r\n"),
                    try client.receive() != nil
                {
                    count += 1
                    if count == 10 { started.yield() }
                }
                return count
            }
            for await _ in starts { break }
            await server.stop()
            #expect(try await answered >= 10)
        }
    }
}
