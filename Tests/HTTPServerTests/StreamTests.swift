import Synchronization
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    /// A producer that goes on until writing fails, and says so.
    private func endless(_ bytes: [UInt8], ended: AsyncStream<String>.Continuation) -> Router {
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                do {
                    while true { try await writer.write(bytes) }
                } catch {
                    ended.yield("\(type(of: error))")
                    throw error
                }
            }
        }
        return router
    }

    @Test func `A producer learns that its client has gone`() async throws {
        let (endings, ended) = AsyncStream<String>.makeStream()
        let router = endless([UInt8](repeating: 0x78, count: 1_000), ended: ended)
        try await withServer(router) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                _ = try client.receive(until: "xxx")
            }
            for await ending in endings {
                #expect(ending == "StreamClosed" || ending == "CancellationError")
                break
            }
        }
    }

    /// A client that asks for `/` and then neither reads nor hangs up.
    private func stalled(_ port: UInt16, version: String = "1.1") async throws -> RawClient {
        try await blocking {
            let client = try RawClient(port: port)
            client.send("GET / HTTP/\(version)\r\nHost: x\r\n\r\n")
            return client
        }
    }

    @Test func `A client that takes nothing is let go, and its producer learns it`() async throws {
        let (endings, ended) = AsyncStream<String>.makeStream()
        let router = endless([UInt8](repeating: 0x78, count: 1_000), ended: ended)
        try await withServer(router) {
            $0.idleTimeout = .seconds(1)
        } _: { server in
            let client = try await stalled(server.port)
            for await _ in endings { break }
            // What the kernel had for it comes, and then the end.
            #expect(try await blocking { try client.receiveAll().hasPrefix("HTTP/1.1 200") })
        }
    }

    @Test func `A client that takes nothing of a large body is let go as well`() async throws {
        let count = 64 << 20
        var router = Router()
        router.get("/") { _ in Response(body: .bytes([UInt8](repeating: 0x78, count: count))) }
        try await withServer(router) {
            $0.idleTimeout = .seconds(1)
        } _: { server in
            let client = try await stalled(server.port)
            while server.connectionCount == 0 { await Task.yield() }
            while server.connectionCount > 0 { await Task.yield() }
            #expect(try await blocking { try client.receiveAll().utf8.count } < count)
        }
    }

    @Test func `A silent producer learns it as well`() async throws {
        let (endings, ended) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                try await writer.write("data: hello\n\n")
                for await _ in AsyncStream<Never>.makeStream().stream {}
                ended.yield()
            }
        }
        try await withServer(router) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                _ = try client.receive(until: "hello")
            }
            for await _ in endings { break }
        }
    }

    /// Beside a connection that is open and silent on the same thread: no event and no time-out has the library look again.
    private func expectOnlyOneConnectionIsLeft(
        _ router: Router, after body: (HTTPServer) async throws -> Void
    ) async throws {
        try await withServer(router) {
            $0.threads = 1
            $0.idleTimeout = .seconds(600)
            $0.requestTimeout = .seconds(600)
        } _: { server in
            let silent = try await blocking { [port = server.port] in try RawClient(port: port) }
            while server.connectionCount == 0 { await Task.yield() }
            try await body(server)
            let deadline = ContinuousClock.now + .seconds(20)
            while server.connectionCount > 1, .now < deadline { await Task.yield() }
            #expect(server.connectionCount == 1)
            withExtendedLifetime(silent) {}
        }
    }

    @Test func `A client that has gone leaves no descriptor behind`() async throws {
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                try await writer.write("data: hello\n\n")
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
        try await expectOnlyOneConnectionIsLeft(router) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                _ = try client.receive(until: "hello")
            }
        }
    }

    @Test(arguments: ["1.0", "1.1"])
    func `A stream that breaks off leaves no descriptor behind`(version: String) async throws {
        struct Failure: Error {}
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                try await writer.write("data: half\n\n")
                throw Failure()
            }
        }
        try await expectOnlyOneConnectionIsLeft(router) { server in
            let client = try await stalled(server.port, version: version)
            #expect(try await blocking { try client.receiveAll().contains("data: half") })
        }
    }

    @Test func `The header comes before the first byte of the body`() async throws {
        let (permits, permit) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                for await _ in permits { break }
                try await writer.write("data: late\n\n")
            }
        }
        try await withServer(router) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                let header = try client.receive(until: "\r\n\r\n")
                permit.yield()
                return header + (try client.receive(until: "0\r\n\r\n"))
            }
            #expect(answer.contains("data: late\n\n"))
        }
    }

    @Test func `A producer waits for a slow reader`() async throws {
        let written = Atomic<Int>(0)
        let body = Response.Body.stream { writer in
            for _ in 0..<100 {
                try await writer.write([UInt8](repeating: 0, count: 1_000))
                written.add(1, ordering: .sequentiallyConsistent)
            }
        }
        let total = try await body.withChunks(bufferBytes: 2_500) { chunks in
            var total = 0
            for try await chunk in chunks {
                #expect(chunk.count <= 2_500)
                total += chunk.count
                // What is written was read or stands in the buffer.
                #expect(written.load(ordering: .sequentiallyConsistent) * 1_000 <= total + 2_500)
            }
            return total
        }
        #expect(total == 100_000)
    }

    /// A page's fragment that waits for room, and the heartbeat that comes in between.
    @Test(arguments: 0..<50) func `What two tasks write does not mix`(round: Int) async throws {
        let buffer = StreamBuffer(capacity: 10)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await buffer.write([UInt8](repeating: UInt8(ascii: "a"), count: 15)) }
            var text = ""
            // Now there is room for four bytes, but the first write has not been called to take it.
            while text.isEmpty { text += await Self.read(4, from: buffer) }
            #expect(text == "aaaa")
            group.addTask { try await buffer.write([UInt8(ascii: "b")]) }
            for _ in 0..<20 { await Task.yield() }
            while text.utf8.count < 16 { text += await Self.read(4, from: buffer) }
            #expect(text == "aaaaaaaaaaaaaaab")
            try await group.waitForAll()
        }
    }

    /// What is there, up to that many bytes; empty when it had to wait for the first.
    private static func read(_ count: Int, from buffer: StreamBuffer) async -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        let content = await withCheckedContinuation { continuation in
            let content = unsafe bytes.withUnsafeMutableBytes {
                unsafe buffer.read(into: $0, sleeper: .task(continuation)) {}
            }
            if case .nothing = content { return }
            continuation.resume(returning: content)
        }
        guard case .bytes(let taken) = content else { return "" }
        return String(decoding: bytes[..<taken], as: UTF8.self)
    }

    @Test func `A failing producer cuts the stream`() async throws {
        struct Failure: Error {}
        var router = Router()
        router.get("/") { _ in
            Response(
                body: .stream { writer in
                    try await writer.write("half")
                    throw Failure()
                })
        }
        let answer = try await withServer(router) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                return try client.receiveAll()
            }
        }
        #expect(!answer.hasSuffix("0\r\n\r\n"))
        let response = await router.respond(to: try Request(.get, "/"))
        await #expect(throws: StreamClosed.self) { try await response.body.collect() }
    }

    @Test func `A reader that leaves ends the producer`() async throws {
        let (endings, ended) = AsyncStream<String>.makeStream()
        let response = await endless([1, 2, 3], ended: ended).respond(to: try Request(.get, "/"))
        let first = try await response.body.withChunks { chunks in
            for try await chunk in chunks { return chunk.first }
            return nil
        }
        #expect(first == 1)
        for await ending in endings {
            #expect(ending == "StreamClosed" || ending == "CancellationError")
            break
        }
    }
}
