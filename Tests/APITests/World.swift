import API
import Core
import Glibc
import HTTPClient
import HTTPServer
import Runtime
import Store
import Testing

/// The API over a real engine in a directory of its own, called in the process or through a socket; what is true of one
/// way must be true of the other.
struct World: Sendable {
    enum Transport: String, CaseIterable {
        case inProcess, live
    }

    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        func json() throws -> JSON { try JSON(parsing: body) }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    let runtime: Runtime
    private let router: Router
    private let server: HTTPServer?
    private let client = HTTPClient(userAgent: "Tests/1")

    static func with(
        _ transport: Transport, privateHosts: [NetworkPattern] = [], _ body: (World) async throws -> Void
    ) async throws {
        let random = UInt64.random(in: 0 ... .max)
        let directory = "/tmp/signalbox-api-tests-\(getpid())-\(String(random, radix: 36))"
        try FileSystem.createDirectory(directory)
        var configuration = RuntimeConfiguration(directory: DataDirectory(path: directory), log: .silent)
        configuration.privateHosts = privateHosts
        let runtime = try await Runtime.start(configuration)
        var router = Router()
        API(runtime).install(in: &router)
        let server = transport == .live ? try HTTPServer(configuration: ServerConfiguration(port: 0)) : nil
        try server?.start(router)
        let world = World(runtime: runtime, router: router, server: server)
        do {
            try await body(world)
        } catch {
            await world.stop()
            throw error
        }
        await world.stop()
    }

    private func stop() async {
        await server?.stop()
        await runtime.stop(grace: .milliseconds(0))
    }

    func send(
        _ method: Method, _ target: String, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> Answer {
        if let server {
            var request = ClientRequest(method.rawValue, server.address + target)
            for (name, value) in headers { request.headers.add(name, value) }
            if !body.isEmpty { request.body = body }
            let response = try await client.send(request)
            return Answer(
                status: response.status, headers: Self.interesting { response.headers[$0] },
                body: try await response.collect(bytesMaximum: 64 << 20))
        }
        let response = await router.respond(to: try request(method, target, headers: headers, body: body))
        return Answer(
            status: response.status.rawValue, headers: Self.interesting { response.headers[$0] },
            body: try await response.body.collect())
    }

    /// The events of a stream, until there are that many.
    func events(_ target: String, after: Int64, count: Int) async throws -> [ServerSentEventParser.Event] {
        let headers = ["Accept": "text/event-stream", "Last-Event-ID": "\(after)"]
        if let server {
            var request = ClientRequest("GET", server.address + target)
            for (name, value) in headers { request.headers.add(name, value) }
            return try await Self.collect(client.send(request).body, count: count)
        }
        let response = await router.respond(to: try request(.get, target, headers: headers, body: []))
        return try await response.body.withChunks { try await Self.collect($0, count: count) }
    }

    private static func collect(
        _ chunks: some AsyncSequence<[UInt8], any Error>, count: Int
    ) async throws -> [ServerSentEventParser.Event] {
        var parser = ServerSentEventParser()
        var events: [ServerSentEventParser.Event] = []
        for try await chunk in chunks {
            events += try parser.receive(chunk)
            if events.count >= count { break }
        }
        // What came with the last of them in one piece is left out.
        return Array(events.prefix(count))
    }

    private func request(
        _ method: Method, _ target: String, headers: [String: String], body: [UInt8]
    ) throws -> Request {
        var request = try Request(method, target, body: body)
        for (name, value) in headers { request.headers.add(name, value) }
        return request
    }

    private static func interesting(_ header: (String) -> String?) -> [String: String] {
        let names = [
            "Location", "Content-Type", "Content-Disposition", "Content-Security-Policy", "ETag",
            "Signalbox-Body-Bytes-Maximum",
        ]
        return names.reduce(into: [:]) { $0[$1] = header($1) }
    }

    func post(_ target: String, _ body: JSON, headers: [String: String] = [:]) async throws -> Answer {
        let headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
        return try await send(.post, target, headers: headers, body: body.bytes)
    }

    /// The id of what a task asks, as soon as it does.
    func openRequest(of task: Int64) async throws -> String {
        var after = Position.zero
        while true {
            let open = try await send(.get, "/api/approvals?task=\(task)").json()["approvals"]?.arrayValue ?? []
            if let id = open.first?["id"]?.stringValue { return id }
            let events = try await runtime.feed.events(after: after, of: TaskNumber(rawValue: task), limit: 100)
            after = events.last?.position ?? after
        }
    }

    /// Starts a task and waits for its end.
    func run(_ text: String) async throws -> Int64 {
        let answer = try await post("/api/tasks", ["plan": ["text": .string(text)]])
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        try await runtime.waitForEnd(of: TaskNumber(rawValue: number))
        return number
    }
}

/// Plans that tests run.
enum SamplePlan {
    static let small = "name: small\nsteps:\n  a:\n    set: {b: 1}\noutputs:\n  b: ${{ steps.a.output.b }}\n"

    /// Runs until it is cancelled.
    static let endless = "name: endless\nsteps:\n  a:\n    command: [sleep, '1000']\n"

    static func ofSteps(_ count: Int) -> String {
        "name: long\nsteps:\n" + (0..<count).map { "  step_\($0):\n    set: {a: 1}\n" }.joined()
    }
}
