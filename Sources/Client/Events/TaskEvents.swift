internal import Core
internal import HTTPClient
internal import HTTPServer

/// How long and how often to try when the connection to a server is lost.
public struct ReconnectPolicy: Sendable {
    /// Before the second attempt; doubled for each further one.
    public var firstDelay = Duration.milliseconds(100)
    public var delayMaximum = Duration.seconds(2)
    /// After this long without an answer the server counts as gone.
    public var patience = Duration.seconds(30)
    /// Told that the connection is lost, and then that it is there again.
    public var onChange: (@Sendable (_ isLost: Bool) -> Void)?

    /// The defaults: from 100 ms to 2 s, for 30 s.
    public init() {}
}

/// The events of a task, or of all, as they happen, each once, also across lost connections. Those of one task end when
/// the server says that all has been told of a task that is over; those of all have no end.
public struct TaskEvents: AsyncSequence, Sendable {
    public typealias Element = TaskEvent

    let client: SignalboxClient
    /// Nil for all tasks.
    let task: TaskNumber?
    /// Only events of these kinds; empty for all.
    let kinds: [EventType]
    let after: Position
    let policy: ReconnectPolicy

    init(
        client: SignalboxClient, task: TaskNumber?, kinds: [EventType] = [], after: Position, policy: ReconnectPolicy
    ) {
        self.client = client
        self.task = task
        self.kinds = kinds
        self.after = after
        self.policy = policy
    }

    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    public struct Iterator: AsyncIteratorProtocol {
        private let events: TaskEvents
        private var position: Position
        private var waiting = Queue<TaskEvent>()
        /// The server has said that the task is over, and nothing has come since.
        private var isOver = false
        /// The last event that says so has ended the task; those behind it only change what it is called or costs.
        private var isBehindEnd = false
        private var body: ResponseBody?
        private var parser = ServerSentEventParser(eventBytesMaximum: Limits.outputBytesMaximum)
        private var lastSign = ContinuousClock.now
        private var isLost = false
        private var delay: Duration

        init(_ events: TaskEvents) {
            self.events = events
            position = events.after
            delay = events.policy.firstDelay
        }

        /// The next event; nil when the task is over.
        /// - Throws: `SignalboxError`: what the server refuses, or `unavailable` when it does not come back.
        public mutating func next() async throws -> TaskEvent? {
            while true {
                if let event = waiting.popFirst() {
                    position = event.position
                    // In the stream of all tasks others go on.
                    if event.type.endsTask, events.task != nil { isBehindEnd = true }
                    // It was taken up again.
                    if event.type == .retryRequested { isBehindEnd = false }
                    return event
                }
                if isOver { return nil }
                do {
                    try await receive()
                } catch let error as SignalboxError where Self.mayPass(error) {
                    try await serverWasLost(error)
                } catch is StreamClosed {
                    try await serverWasLost(Self.streamEnded(events.client.place))
                }
            }
        }

        /// A server that goes behind the end of a task, before it has said so, is not waited for.
        private mutating func serverWasLost(_ error: SignalboxError) async throws {
            if isBehindEnd { isOver = true } else { try await waitForServer(error) }
        }

        /// Takes what has come, connecting first if need be.
        private mutating func receive() async throws {
            if body == nil { try await connect() }
            guard let bytes = try await body?.next() else {
                body = nil
                throw Self.streamEnded(events.client.place)
            }
            lastSign = .now
            delay = events.policy.firstDelay
            note(isLost: false)
            for message in try parser.receive(bytes) { try take(message) }
        }

        private mutating func take(_ message: ServerSentEventParser.Event) throws {
            switch message.name {
            case "message":
                let event = try TaskEvent(try JSON(parsing: message.data))
                // A server that sends again what was seen changes nothing.
                if event.position > position {
                    waiting.append(event)
                    isOver = false
                }
            case "ended": isOver = true
            case "resync":
                // The server has another journal than the one that was watched: what comes now is all new.
                let fields = try Fields(try JSON(parsing: message.data), "a resync")
                position = Position(rawValue: try fields.integer("position"))
            default: break
            }
        }

        private mutating func connect() async throws {
            var path = events.task.map { "/api/tasks/\($0.rawValue)/events" } ?? "/api/events"
            if !events.kinds.isEmpty { path += "?kinds=" + events.kinds.map(\.rawValue).joined(separator: ",") }
            let response = try await events.client.transport.open(
                APIRequest(
                    "GET", path,
                    headers: [("Accept", "text/event-stream"), ("Last-Event-ID", position.description)],
                    isStream: true))
            guard response.status == 200 else {
                throw ProblemDetails.error(
                    try await response.collect(bytesMaximum: 1 << 20), status: response.status,
                    from: events.client.place)
            }
            parser = ServerSentEventParser(eventBytesMaximum: Limits.outputBytesMaximum)
            body = response.body
        }

        /// Tells whoever wants to know, once for each change.
        private mutating func note(isLost: Bool) {
            guard isLost != self.isLost else { return }
            self.isLost = isLost
            events.policy.onChange?(isLost)
        }

        private static func streamEnded(_ place: String) -> SignalboxError {
            SignalboxError(.unavailable, "\(place) ended the stream.")
        }

        /// Whether trying again can help: a server that cannot be reached or is stopping, not one that says no.
        private static func mayPass(_ error: SignalboxError) -> Bool {
            error.code == .unavailable || (error.code == .upstream && error.cause is TransferFailure)
        }

        private mutating func waitForServer(_ error: SignalboxError) async throws {
            body = nil
            note(isLost: true)
            let silence = ContinuousClock.now - lastSign
            guard silence < events.policy.patience else {
                let seconds = Int64(events.policy.patience / .seconds(1))
                let hint = events.task.map {
                    "When a server runs there again, `signalbox tasks watch \($0.rawValue)` goes on following the task."
                }
                throw SignalboxError(
                    .unavailable, "\(events.client.place) has not answered for \(seconds) s.", hint: hint, cause: error)
            }
            try await Task.sleep(for: delay)
            delay = Swift.min(delay * 2, events.policy.delayMaximum)
        }
    }
}

// One reader reads a stream.
@available(*, unavailable)
extension TaskEvents.Iterator: Sendable {}
