import Core
import HTTPServer
import Synchronization
import Testing

/// WebSockets through a real socket: messages in both directions, their bounds, and how they end.
@Suite(.timeLimit(.minutes(1)))
struct WebSocketTests {
    /// Sends every message back; one that says "bye" ends the connection, "fail" lets the handler fail.
    private static func echo(ended: AsyncStream<Void>.Continuation? = nil) -> Router {
        var router = Router()
        router.get("/") { request in
            try .webSocket(for: request) { socket in
                defer { ended?.yield() }
                while let text = try await socket.next() {
                    if text == "bye" { return }
                    if text == "fail" { throw SignalboxError(.internal, "It fails.") }
                    try await socket.send(Array("\(text)!".utf8))
                }
            }
        }
        return router
    }

    private static func with<Result: Sendable>(
        _ router: Router = echo(), configure: (inout ServerConfiguration) -> Void = { _ in }, early: [UInt8] = [],
        _ body: @escaping @Sendable (RawWebSocket) throws -> Result
    ) async throws -> Result {
        try await withServer(router, configure: configure) { server in
            try await blocking { [port = server.port] in try body(try RawWebSocket(port: port, early: early)) }
        }
    }

    @Test func `Messages come back, also one that rode with the request`() async throws {
        try await Self.with(early: RawWebSocket.text("first")) { (client: RawWebSocket) throws in
            #expect(try client.next()?.text == "first!")
            client.send(RawWebSocket.text("Grüße"))
            #expect(try client.next() == RawWebSocket.Frame(opcode: 1, payload: Array("Grüße!".utf8)))
            let long = String(repeating: "x", count: 60_000)
            client.send(RawWebSocket.text(long))
            #expect(try client.next()?.text == long + "!")
        }
    }

    @Test func `A message may come in fragments, and a ping between them`() async throws {
        try await Self.with { (client: RawWebSocket) throws in
            client.send(RawWebSocket.frame(0x01, Array("one ".utf8)))
            client.send(RawWebSocket.frame(0x89, Array("sign".utf8)))
            client.send(RawWebSocket.frame(0x00, Array("two ".utf8)))
            #expect(try client.next() == RawWebSocket.Frame(opcode: 10, payload: Array("sign".utf8)))
            client.send(RawWebSocket.frame(0x80, Array("three".utf8)))
            #expect(try client.next()?.text == "one two three!")
        }
    }

    @Test func `Bytes that come one by one are frames all the same`() async throws {
        try await Self.with { (client: RawWebSocket) throws in
            for byte in RawWebSocket.text("slow") { client.send([byte]) }
            #expect(try client.next()?.text == "slow!")
        }
    }

    @Test(arguments: [("bye", 1000), ("fail", 1011)])
    func `The connection ends with its handler`(word: String, code: Int) async throws {
        try await Self.with { (client: RawWebSocket) throws in
            client.send(RawWebSocket.text(word))
            #expect(try client.closeCode() == code)
            client.send(RawWebSocket.close(code))
            #expect(try client.next() == nil)
        }
    }

    @Test func `A close is answered with the same number`() async throws {
        let (endings, ended) = AsyncStream<Void>.makeStream()
        try await Self.with(Self.echo(ended: ended)) { (client: RawWebSocket) throws in
            client.send(RawWebSocket.close(3_000))
            #expect(try client.closeCode() == 3_000)
            #expect(try client.next() == nil)
        }
        for await _ in endings { break }
    }

    /// What breaks the protocol, and how the connection is closed for it (RFC 6455 §7.4.1).
    private static let violations: [(String, [UInt8], Int)] = [
        ("not masked", RawWebSocket.frame(0x81, [0x61], isMasked: false), 1002),
        ("a reserved bit", RawWebSocket.frame(0xC1, [0x61]), 1002),
        ("a reserved opcode", RawWebSocket.frame(0x83, [0x61]), 1002),
        ("a reserved control opcode", RawWebSocket.frame(0x8B, []), 1002),
        ("a continuation of nothing", RawWebSocket.frame(0x80, [0x61]), 1002),
        ("a message within a message", RawWebSocket.frame(0x01, [0x61]) + RawWebSocket.frame(0x81, [0x62]), 1002),
        ("a ping in fragments", RawWebSocket.frame(0x09, [0x61]), 1002),
        ("a ping that is too long", RawWebSocket.frame(0x89, [UInt8](repeating: 0x61, count: 126)), 1002),
        ("a close of one byte", RawWebSocket.frame(0x88, [0x03]), 1002),
        ("a close with a forbidden number", RawWebSocket.close(1005), 1002),
        ("a length with a sign", [0x81, 0xFF] + [UInt8](repeating: 0xFF, count: 8), 1002),
        ("a length that is written too long", [0x81, 0xFE, 0, 5, 0, 0, 0, 0, 0x61, 0x61, 0x61, 0x61, 0x61], 1002),
        ("no UTF-8", RawWebSocket.frame(0x81, [0xC3, 0x28]), 1007),
        ("half a character", RawWebSocket.frame(0x81, [0xC3]), 1007),
        ("bytes", RawWebSocket.frame(0x82, [0x61]), 1003),
        ("a message that is too long", RawWebSocket.frame(0x81, [0x61], length: 65 << 10), 1009),
        (
            "fragments that are too long",
            RawWebSocket.frame(0x01, [UInt8](repeating: 0x61, count: 60_000))
                + RawWebSocket.frame(0x80, [UInt8](repeating: 0x61, count: 6_000)), 1009
        ),
        ("a flood of pings", (0..<300).flatMap { _ in RawWebSocket.frame(0x89, []) }, 1008),
        (
            "a flood of empty fragments",
            RawWebSocket.frame(0x01, []) + (0..<300).flatMap { _ in RawWebSocket.frame(0, []) }, 1008
        ),
    ]

    @Test(arguments: 0..<19) func `Frames that break the protocol end it with the right number`(place: Int) async throws
    {
        let (what, bytes, code) = Self.violations[place]
        let (endings, ended) = AsyncStream<Void>.makeStream()
        try await Self.with(Self.echo(ended: ended)) { (client: RawWebSocket) throws in
            client.send(bytes)
            #expect(try client.closeCode() == code, "\(what)")
            #expect(try client.next() == nil, "\(what)")
        }
        for await _ in endings { break }
    }

    @Test func `All kinds of violations are tried`() { #expect(Self.violations.count == 19) }

    /// Deterministic garbage: whatever comes, the connection ends and the server goes on.
    @Test(arguments: 0..<20) func `Garbage ends the connection, not the server`(seed: UInt64) async throws {
        var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let garbage = (0..<5_000).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        try await withServer(Self.echo()) { server in
            try await blocking { [port = server.port] in
                let client = try RawWebSocket(port: port)
                client.send(garbage)
                client.send(RawWebSocket.close(1000))
                _ = try client.closeCode()
                let other = try RawWebSocket(port: port)
                other.send(RawWebSocket.text("still there"))
                #expect(try other.next()?.text == "still there!")
            }
        }
    }

    private static let refusals: [([String: String], String)] = [
        (["Upgrade": "-"], "426"), (["Connection": "keep-alive"], "426"), (["Upgrade": "h2c"], "426"),
        (["Sec-WebSocket-Version": "8"], "426"), (["Sec-WebSocket-Version": "-"], "426"),
        (["Sec-WebSocket-Key": "-"], "400"), (["Sec-WebSocket-Key": "short"], "400"),
        (["Sec-WebSocket-Key": "!!!!!!!!!!!!!!!!!!!!!!!!"], "400"),
    ]

    @Test(arguments: 0..<8) func `A handshake that is none is refused with problem details`(place: Int) async throws {
        let (changes, status) = Self.refusals[place]
        try await withServer(Self.echo()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(RawWebSocket.request(changes))
                return try client.receive(until: "\"code\"")
            }
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.contains("application/problem+json"))
            #expect(status != "426" || answer.contains("Sec-WebSocket-Version: 13"))
        }
    }

    @Test func `HTTP 1 point 0 has no WebSockets`() async throws {
        try await withServer(Self.echo()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(RawWebSocket.request().replacing("HTTP/1.1", with: "HTTP/1.0"))
                return try client.receive(until: "\"code\"")
            }
            #expect(answer.contains(" 426 "), "\(answer)")
        }
    }

    @Test func `A client that gives no sign is asked, and dropped when it is silent`() async throws {
        try await Self.with(
            configure: {
                $0.webSocket.pingInterval = .milliseconds(100)
            },
            { (client: RawWebSocket) throws in
                #expect(try client.next() == RawWebSocket.Frame(opcode: 9, payload: []))
                client.send(RawWebSocket.frame(0x8A, []))
                #expect(try client.next() == RawWebSocket.Frame(opcode: 9, payload: []), "it lives, and is asked again")
                #expect(try client.next() == nil, "it does not answer")
            })
    }

    @Test func `A handler waits for a client that does not read`() async throws {
        let sent = Counter()
        var router = Router()
        router.get("/") { request in
            try .webSocket(for: request) { socket in
                let message = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
                for _ in 0..<5_000 {
                    try await socket.send(message)
                    sent.add()
                }
            }
        }
        try await Self.with(router) { (client: RawWebSocket) throws in
            var count = 0
            while let frame = try client.next(), frame.opcode == 1 {
                count += 1
                // What has been sent was read, or is in the pipe, or in the buffers of the sockets: some megabytes.
                #expect(sent.value <= count + 2_000)
            }
            #expect(count == 5_000)
        }
    }

    @Test func `A stop says goodbye to all, also to those that do not answer`() async throws {
        let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
        try server.start(Self.echo())
        let clients = try await blocking { [port = server.port] in
            try (0..<20).map { _ in Handover(try RawWebSocket(port: port)) }
        }
        await server.stop()
        try await blocking { () throws in
            for client in clients { #expect(try client.take().closeCode() == 1001) }
        }
    }

    @Test func `Connections that come and go leave nothing behind`() async throws {
        try await withServer(Self.echo()) { server in
            let before = try FileSystem.names(in: "/proc/self/fd").count
            try await blocking { [port = server.port] in
                for round in 0..<300 {
                    let client = try RawWebSocket(port: port)
                    client.send(RawWebSocket.text("\(round)"))
                    #expect(try client.next()?.text == "\(round)!")
                    // Every third leaves without a word.
                    guard round % 3 > 0 else { continue }
                    client.send(RawWebSocket.close(1000))
                    #expect(try client.closeCode() == 1000)
                    #expect(try client.next() == nil)
                }
                let last = try RawWebSocket(port: port)
                last.send(RawWebSocket.text("done"))
                #expect(try last.next()?.text == "done!")
            }
            #expect(try FileSystem.names(in: "/proc/self/fd").count < before + 50)
        }
    }
}

/// Counts from several threads.
private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func add() { count.add(1, ordering: .relaxed) }

    var value: Int { count.load(ordering: .relaxed) }
}
