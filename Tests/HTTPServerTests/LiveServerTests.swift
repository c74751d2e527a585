import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LiveServerTests {
    private func router() -> Router {
        var router = Router()
        router.get("/hello/{name}") { request in .text("Hello, \(request.pathParameter("name"))!") }
        router.post("/echo") { request in Response(body: .bytes(request.body)) }
        router.get("/ticks") { _ in
            .events { writer in
                for tick in 1...3 { try await writer.write(ServerSentEvent(id: "\(tick)", data: "tick").bytes) }
            }
        }
        return router
    }

    @Test func `A GET is answered by a task`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("GET /hello/w%2Forld HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try client.receiveAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("Hello, w/orld!"))
            #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
        }
    }

    @Test func `A stream ends when its producer returns`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("GET /ticks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try client.receiveAll()
            }
            #expect(answer.contains("Content-Type: text/event-stream\r\n"))
            #expect(answer.contains("id: 3\ndata: tick\n\n"))
            #expect(answer.hasSuffix("0\r\n\r\n"))
        }
    }
}
