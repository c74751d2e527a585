public import Core
public import HTTPServer
internal import Runtime
internal import Store
internal import Synchronization

/// The journal as a stream of server-sent events. The id of each is its position, so that a client that reconnects with
/// `Last-Event-ID` gets exactly what it missed.
public struct EventStream: Sendable {
    /// How long browsers wait before they connect again, in milliseconds.
    public static let retryMilliseconds = 1_000

    /// A comment without an empty line behind it: some clients take the line as the end of another event, without data.
    private static let beat = Array(": heartbeat\n".utf8)
    /// The first message that has data tells how soon to come back.
    private static let beginning = Array("retry: \(retryMilliseconds)\n".utf8)
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
        let reader = runtime.reader(of: filter, after: position, countAtOnce: Self.eventsAtOnce)
        return .events(heartbeat: Self.beat, from: Source(reader: reader, beginning: Self.beginning) { bytes(of: $0) })
    }

    /// What one stream sends. It is read by one at a time: the task that looks things up, or the thread that sends.
    private final class Source: StreamFeed {
        private let state: Mutex<(reader: LiveReader, beginning: [UInt8]?)>
        private let bytes: @Sendable (LiveNews) -> [UInt8]

        init(reader: LiveReader, beginning: [UInt8], bytes: @escaping @Sendable (LiveNews) -> [UInt8]) {
            state = Mutex((reader, beginning))
            self.bytes = bytes
        }

        func lookUp() async throws -> [UInt8]? {
            var (reader, beginning) = state.withLock { $0 }
            if let beginning {
                state.withLock { $0.beginning = nil }
                return beginning
            }
            let news = try await reader.lookUp()
            state.withLock { [reader] in $0.reader = reader }
            return news.map(bytes)
        }

        func take() -> StreamPortion {
            switch state.withLock({ $0.reader.glance() }) {
            case .news(let news): .bytes(bytes(news))
            case .nothing: .nothing
            case .elsewhere: .elsewhere
            }
        }

        func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool {
            state.withLock { $0.reader.onNews(wake) }
        }
    }

    private func bytes(of news: LiveNews) -> [UInt8] {
        switch news {
        case .events(let events): events.rendered { rendered.messages(of: $0) }
        case .deltas(let deltas):
            deltas.flatMap { ServerSentEvent(event: EventsQuery.deltaKind, data: $0.json.text).bytes }
        case .resync(let resync):
            ServerSentEvent(id: resync.position.description, event: "resync", data: resync.json.text).bytes
        case .ended(let end): ServerSentEvent(event: "ended", data: end.json.text).bytes
        }
    }
}
