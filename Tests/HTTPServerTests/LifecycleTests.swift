import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LifecycleTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `A taken port is said in a sentence`() async throws {
        let first = try HTTPServer(configuration: ServerConfiguration(port: 0))
        let error = #expect(throws: SignalboxError.self) {
            _ = try HTTPServer(configuration: ServerConfiguration(port: first.port))
        }
        #expect(error?.code == .configuration)
        #expect(error?.message == "Port \(first.port) is taken by another program.")
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.5", "::", "example.com", "", "127.0.0.1.evil.example"])
    func `Only the loopback may be listened on`(host: String) {
        var configuration = ServerConfiguration(port: 0)
        configuration.host = host
        let error = #expect(throws: SignalboxError.self) { _ = try HTTPServer(configuration: configuration) }
        #expect(error?.code == .configuration)
    }

    @Test func `A port is free again after the stop`() async throws {
        let router = Router()
        let port = try await withServer(router) { $0.port }
        try await withServer(router) {
            $0.port = port
        } _: { server in
            #expect(server.port == port)
        }
    }

    @Test func `A stop may come while a connection is being accepted`() async throws {
        let before = try FileSystem.names(in: "/proc/self/fd").count
        for _ in 0..<5_000 {
            let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
            try server.start(Router())
            try await blocking { [port = server.port] in _ = try RawClient(port: port) }
            await server.stop()
        }
        #expect(try FileSystem.names(in: "/proc/self/fd").count < before + 100)
    }

    @Test func `Cancelling run stops the server`() async throws {
        let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
        var router = Router()
        router.get("/") { _ in .text("up") }
        try await withThrowingTaskGroup { [router] group in
            group.addTask { try await server.run(router) }
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.get)
                return try client.receive(until: "up")
            }
            #expect(answer.hasSuffix("up"))
            group.cancelAll()
            try await group.waitForAll()
        }
        await #expect(throws: RawClientError.self) { try await blocking { _ = try RawClient(port: server.port) } }
    }

    @Test func `A running handler may finish while the server stops`() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let (permits, permit) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            arrived.yield()
            for await _ in permits { break }
            return .text("done")
        }
        var configuration = ServerConfiguration(port: 0)
        configuration.graceTimeout = .seconds(20)
        let server = try HTTPServer(configuration: configuration)
        try server.start(router)
        async let answer = blocking { [port = server.port] in
            let client = try RawClient(port: port)
            client.send(Self.get)
            return try client.receiveAll()
        }
        for await _ in arrivals { break }
        async let stop: Void = server.stop()
        permit.yield()
        await stop
        #expect(try await answer.hasSuffix("done"))
    }

    @Test func `A handler that takes too long is left behind`() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            arrived.yield()
            // Ends by cancellation only.
            for await _ in AsyncStream<Never>.makeStream().stream {}
            return .text("too late")
        }
        var configuration = ServerConfiguration(port: 0)
        configuration.graceTimeout = .milliseconds(50)
        let server = try HTTPServer(configuration: configuration)
        try server.start(router)
        async let answer = blocking { [port = server.port] in
            let client = try RawClient(port: port)
            client.send(Self.get)
            return try client.receiveAll()
        }
        for await _ in arrivals { break }
        await server.stop()
        #expect(try await answer == "")
    }

    @Test func `Streams end in order when the server stops`() async throws {
        let (closings, closed) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                defer { closed.yield() }
                try await writer.write("data: first\n\n")
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
        let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
        try server.start(router)
        let (starts, started) = AsyncStream<Void>.makeStream()
        async let answer = blocking { [port = server.port] in
            let client = try RawClient(port: port)
            client.send(Self.get)
            let start = try client.receive(until: "first")
            started.yield()
            return start + (try client.receiveAll())
        }
        for await _ in starts { break }
        await server.stop()
        for await _ in closings { break }
        #expect(try await answer.hasSuffix("0\r\n\r\n"))
    }
}
