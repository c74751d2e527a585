public import Core
public import HTTPServer
internal import Runtime
internal import Store

/// The journal as a stream of server-sent events. The id of each is its position, so that a client that reconnects with
/// `Last-Event-ID` gets exactly what it missed.
public struct EventStream: Sendable {
    /// How often an idle stream shows that it lives. A page that hears nothing for longer knows that it is cut off.
    public static let heartbeatInterval = Duration.seconds(2)
    /// How long browsers wait before they connect again, in milliseconds.
    public static let retryMilliseconds = 1_000

    /// A comment without an empty line behind it: some clients take the line as the end of another event, without data.
    private static let beat = Array(": heartbeat\n".utf8)
    /// How many events a stream holds while its client takes none: few, for each may have 64 KiB.
    private static let eventsAtOnce = 32

    private let runtime: Runtime
    private let rendered: RenderedEvents

    init(runtime: Runtime, rendered: RenderedEvents) {
        self.runtime = runtime
        self.rendered = rendered
    }

    /// The position that a reconnecting client has seen last.
    /// - Throws: `SignalboxError` with code `malformed_request` when the header holds no position.
    public static func position(of request: Request) throws -> Position? {
        try Parameter.lastEventID.value(in: request)
    }

    func response(after position: Position, _ filter: LiveFilter) -> Response {
        .events { writer in
            // The first message that has data tells how soon to come back.
            try await writer.write("retry: \(Self.retryMilliseconds)\n")
            try await Self.withHeartbeat(writer, beat: Self.beat) {
                var reader = runtime.reader(of: filter, after: position, countAtOnce: Self.eventsAtOnce)
                while true { try await writer.write(bytes(of: try await reader.next())) }
            }
        }
    }

    private func bytes(of news: LiveNews) -> [UInt8] {
        switch news {
        case .events(let events): rendered.messages(of: events)
        case .deltas(let deltas):
            deltas.flatMap { ServerSentEvent(event: EventsQuery.deltaKind, data: $0.json.text).bytes }
        case .resync(let resync):
            ServerSentEvent(id: resync.position.description, event: "resync", data: resync.json.text).bytes
        case .ended(let end): ServerSentEvent(event: "ended", data: end.json.text).bytes
        }
    }

    /// Runs a stream, and shows beside it at regular intervals that it lives.
    public static func withHeartbeat(
        _ writer: StreamWriter, beat: [UInt8] = ServerSentEvent.heartbeat,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await writer.write(beat)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await Task.sleep(for: heartbeatInterval)
                    try await writer.write(beat)
                }
            }
            // Either ends with an error, the body also by returning; the other has no reason to go on then.
            try await group.next()
            group.cancelAll()
        }
    }
}
