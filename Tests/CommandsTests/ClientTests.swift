import Core
import HTTPServer
import Synchronization
import Testing

@testable import Client
@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct ClientTests {
    private static func client(_ routes: (inout Router) -> Void) -> SignalboxClient {
        var router = Router()
        routes(&router)
        return SignalboxClient(InProcessTransport(router))
    }

    @Test func `values are read from the answers`() async throws {
        let client = Self.client { router in
            router.get("/api/tasks") { request in
                #expect(request.query["page"] == "2")
                return .json(["tasks": [.object(Samples.summary(status: "from_the_future"))], "total": 26])
            }
        }
        let page = try await client.tasks(page: 2)
        #expect(page.total == 26)
        #expect(page.tasks.first?.status == TaskStatus(rawValue: "from_the_future"))
        #expect(page.tasks.first?.usage.total == 1204)
        #expect(page.tasks.first?.created == Timestamp(millisecondsSinceEpoch: 1_795_176_000_000))
    }

    @Test func `references are escaped`() async throws {
        let client = Self.client { router in
            router.get("/api/tasks/{id}") { request in
                throw SignalboxError(.notFound, request.pathParameter("id"))
            }
        }
        let error = await #expect(throws: SignalboxError.self) { _ = try await client.task("#1/../é?x") }
        #expect(error?.message == "#1/../é?x")
    }

    @Test func `problem details are errors again`() async throws {
        let sent = SignalboxError(
            .invalidPlan, "2 mistakes", hint: "look",
            diagnostics: [
                Diagnostic("first", at: .source(file: "p.yaml", line: 3, column: 4), hint: "so"),
                Diagnostic("second", at: .pointer("/inputs/a")),
            ])
        let client = Self.client { router in router.post("/api/tasks") { _ in throw sent } }
        let error = await #expect(throws: SignalboxError.self) {
            _ = try await client.submit(TaskSubmission(plan: .named("p")))
        }
        #expect(error?.code == .invalidPlan)
        #expect(error?.message == "2 mistakes")
        #expect(error?.hint == "look")
        #expect(error?.diagnostics == sent.diagnostics)
    }

    @Test(arguments: ["<html>", "[]", "{}", "{\"tasks\": [{}], \"total\": 1}", "{\"tasks\": 3}"])
    func `an answer of somebody else is refused`(_ body: String) async {
        let client = Self.client { router in router.get("/api/tasks") { _ in .text(body) } }
        let error = await #expect(throws: SignalboxError.self) { _ = try await client.tasks() }
        #expect(error?.code == .upstream)
        #expect(error?.message == "the engine in this process does not answer like Signalbox.")
    }

    @Test(arguments: [
        (Status.badGateway, SignalboxError.Code.unavailable), (.serviceUnavailable, .unavailable),
        (.notFound, .upstream),
    ])
    func `what stands before a server that is down says so`(_ status: Status, _ code: SignalboxError.Code) async {
        let client = Self.client { router in
            router.get("/api/tasks") { _ in Response(status, body: .bytes(Array("<html>".utf8))) }
        }
        let error = await #expect(throws: SignalboxError.self) { _ = try await client.tasks() }
        #expect(error?.code == code)
        #expect(error.map(ExitCode.init(of:)) == (code == .unavailable ? .unavailable : .badUse))
    }

    @Test func `events come once each across lost connections, and end with the task`() async throws {
        let asked = Mutex<[String]>([])
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { request in
                let after = request.headers["Last-Event-ID"] ?? ""
                let count = asked.withLock { asked in
                    asked.append(after)
                    return asked.count
                }
                return .events { writer in
                    switch count {
                    case 1:
                        try await writer.write(Self.message(1, "step_started"))
                        try await writer.write(Self.message(2, "step_completed"))
                        // What follows no blank line is not whole.
                        try await writer.write("id: 3\ndata: {\"posi")
                    case 2: throw CancellationError()
                    default:
                        try await writer.write(ServerSentEvent.heartbeat)
                        try await writer.write(Self.message(2, "step_completed"))
                        try await writer.write(Self.message(3, "task_failed"))
                        try await writer.write(Self.message(4, "retry_requested"))
                        try await writer.write(Self.message(5, "task_completed"))
                        try await writer.write(ServerSentEvent(event: "ended", data: #"{"status": "completed"}"#).bytes)
                    }
                }
            }
        }
        var policy = ReconnectPolicy()
        policy.firstDelay = .zero
        let changes = Mutex<[Bool]>([])
        policy.onChange = { isLost in changes.withLock { $0.append(isLost) } }
        var positions: [Int64] = []
        let events = client.events(of: TaskNumber(rawValue: 7), after: Position.zero, reconnecting: policy)
        for try await event in events { positions.append(event.position.rawValue) }
        #expect(positions == [1, 2, 3, 4, 5])
        #expect(asked.withLock { $0 } == ["0", "2", "2"])
        #expect(changes.withLock { $0 } == [true, false], "a loss is told once, however often it is tried again")
    }

    @Test func `only the kinds that are asked for are sent`() async throws {
        let client = Self.client { router in
            router.get("/api/events") { request in
                #expect(request.query["kinds"] == "decision_requested,decision_made")
                return .events { writer in try await writer.write(Self.message(1, "decision_made")) }
            }
        }
        var events = client.events(after: .zero, kinds: [.decisionRequested, .decisionMade]).makeAsyncIterator()
        #expect(try await events.next()?.type == .decisionMade)
    }

    @Test func `a server that goes behind the end of the task is not waited for`() async throws {
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { _ in
                .events { writer in try await writer.write(Self.message(1, "task_cancelled")) }
            }
        }
        var count = 0
        for try await _ in client.events(of: TaskNumber(rawValue: 7), after: Position.zero) { count += 1 }
        #expect(count == 1)
    }

    @Test func `a task that was over before has no events to come`() async throws {
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { _ in
                .events { writer in
                    try await writer.write(ServerSentEvent(event: "ended", data: #"{"status": "failed"}"#).bytes)
                    // It stays open.
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                }
            }
        }
        for try await event in client.events(of: TaskNumber(rawValue: 7), after: Position(rawValue: 9)) {
            Issue.record("nothing has happened: \(event)")
        }
    }

    @Test func `what is renamed behind its end has ended, what is retried has not`() async throws {
        for (kinds, count) in [
            (["task_failed", "task_renamed", "task_tagged"], 3),
            (["task_failed", "task_renamed", "retry_requested", "task_completed"], 4),
        ] {
            let client = Self.client { router in
                router.get("/api/tasks/{id}/events") { _ in
                    .events { writer in
                        let messages = kinds.enumerated().map { Self.message($0 + 1, $1) }
                        try await writer.write(messages.reduce([]) { $0 + $1 })
                    }
                }
            }
            var seen = 0
            for try await _ in client.events(of: TaskNumber(rawValue: 7), after: Position.zero) { seen += 1 }
            #expect(seen == count)
        }
    }

    @Test func `what is live only is passed over, and another journal begins anew`() async throws {
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { request in
                #expect(request.headers["Last-Event-ID"] == "9")
                return .events { writer in
                    try await writer.write(
                        ServerSentEvent(
                            id: "0", event: "resync",
                            data: #"{"reason": "unknown_position", "after": 9, "position": 0}"#
                        ).bytes)
                    try await writer.write(Self.message(1, "step_started"))
                    try await writer.write(ServerSentEvent(event: "delta", data: #"{"text": "Hm"}"#).bytes)
                    try await writer.write(ServerSentEvent(event: "of_a_later_version", data: "?").bytes)
                    try await writer.write(Self.message(2, "task_completed"))
                }
            }
        }
        var positions: [Int64] = []
        for try await event in client.events(of: TaskNumber(rawValue: 7), after: Position(rawValue: 9)) {
            positions.append(event.position.rawValue)
        }
        #expect(positions == [1, 2])
    }

    @Test func `a server that stays away is given up`() async {
        var policy = ReconnectPolicy()
        policy.firstDelay = .zero
        policy.patience = .zero
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { _ in throw SignalboxError(.unavailable, "stopping") }
        }
        let error = await #expect(throws: SignalboxError.self) {
            for try await _ in client.events(of: TaskNumber(rawValue: 7), after: Position.zero, reconnecting: policy) {}
        }
        #expect(error?.code == .unavailable)
        #expect(error?.hint?.contains("signalbox tasks watch 7") == true)
    }

    @Test func `a refusal is not tried again`() async {
        let calls = Atomic(0)
        let client = Self.client { router in
            router.get("/api/tasks/{id}/events") { _ in
                calls.add(1, ordering: .relaxed)
                throw SignalboxError(.notFound, "gone")
            }
        }
        let error = await #expect(throws: SignalboxError.self) {
            for try await _ in client.events(of: TaskNumber(rawValue: 7), after: .zero) {}
        }
        #expect(error?.code == .notFound)
        #expect(calls.load(ordering: .relaxed) == 1)
    }

    private static func message(_ position: Int, _ type: String) -> [UInt8] {
        let data = #"{"position":\#(position),"task":7,"sequence":1,"at":"2026-11-20T12:00:00.000Z","type":"\#(type)"}"#
        return ServerSentEvent(id: "\(position)", data: data).bytes
    }
}
