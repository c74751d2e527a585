public import Core

/// The API of Signalbox as Swift functions. What the server refuses comes back as the `SignalboxError` that it was
/// there: code, sentence, hint, and all findings with their places.
public struct SignalboxClient: Sendable {
    /// Bytes of one answer: a task with all its outputs can be large.
    private static let answerBytesMaximum = 256 << 20

    let transport: any Transport

    public init(_ transport: any Transport) {
        self.transport = transport
    }

    /// What people call the other side.
    public var place: String { transport.place }

    /// Starts a task; when this returns, it survives a crash.
    public func submit(_ submission: TaskSubmission) async throws -> TaskSummary {
        let headers = submission.idempotencyKey.map { [(name: "Idempotency-Key", value: $0)] } ?? []
        return try await send(.post("/api/tasks", submission.json, headers: headers), TaskSummary.init)
    }

    /// A page of tasks, the newest first.
    /// - Parameters:
    ///   - page: counted from 1.
    ///   - size: how many tasks a page has, at most 100.
    ///   - filters: what else the list is asked by, under the names of the API: `status`, `tag`, `sort` …
    public func tasks(
        page: Int = 1, size: Int = 25, filters: [(name: String, value: String)] = []
    ) async throws -> TaskPage {
        let given = filters.map { "&\($0.name)=\(PercentEncoding.segment($0.value))" }
        return try await send(
            APIRequest("GET", "/api/tasks?page=\(page)&size=\(size)\(given.joined())"), TaskPage.init)
    }

    /// A task with everything that is known of it.
    /// - Parameter reference: its number (`142`, `#142`) or its id.
    public func task(_ reference: String) async throws -> TaskDetails {
        try await send(APIRequest("GET", "/api/tasks/\(PercentEncoding.segment(reference))"), TaskDetails.init)
    }

    /// Asks a task to stop.
    public func cancel(_ reference: String) async throws -> TaskSummary {
        let target = "/api/tasks/\(PercentEncoding.segment(reference))/cancel"
        return try await send(APIRequest("POST", target), TaskSummary.init)
    }

    /// Hands over the bytes of a file, which are read while they are sent, to be named in a submission.
    /// - Parameter onSent: told how many of them have been sent, on a thread that must not be held up.
    public func upload(
        name: String, _ file: OpenFile, onSent: (@Sendable (Int64) -> Void)? = nil
    ) async throws -> UploadedFile {
        try await send(
            APIRequest(
                "POST", "/api/files?name=\(PercentEncoding.segment(name))",
                headers: [("Content-Type", "application/octet-stream")], bodyFile: file, onSent: onSent),
            UploadedFile.init)
    }

    /// Has the server fetch a file from an address, to be named in a submission.
    public func fetch(url: String) async throws -> UploadedFile {
        var request = APIRequest.post("/api/files/fetch", ["url": .string(url)])
        request.answerTimeout = .milliseconds(Limits.fetchMilliseconds) + .seconds(10)
        return try await send(request, UploadedFile.init)
    }

    /// What happens to a task, from a position of the journal on, until it ends.
    public func events(
        of task: TaskNumber, after position: Position, reconnecting policy: ReconnectPolicy = ReconnectPolicy()
    ) -> TaskEvents {
        TaskEvents(client: self, task: task, after: position, policy: policy)
    }

    /// What happens to all tasks, from a position of the journal on.
    /// - Parameter kinds: only events of these kinds; empty for all.
    public func events(
        after position: Position, kinds: [EventType] = [], reconnecting policy: ReconnectPolicy = ReconnectPolicy()
    ) -> TaskEvents {
        TaskEvents(client: self, task: nil, kinds: kinds, after: position, policy: policy)
    }

    /// The newest position of the journal.
    public func newestPosition() async throws -> Position {
        try await send(APIRequest("GET", "/readyz")) {
            Position(rawValue: try Fields($0, "the state of the server").integer("position"))
        }
    }

    /// A page of what happened.
    /// - Parameters:
    ///   - position: the page begins behind it.
    ///   - task: whose events; nil for those of all tasks.
    ///   - limit: how many events it has, at most 1,000.
    public func events(
        after position: Position, of task: TaskNumber? = nil, limit: Int = 1_000
    ) async throws -> EventPage {
        let path = task.map { "/api/tasks/\($0.rawValue)/events" } ?? "/api/events"
        return try await send(APIRequest("GET", "\(path)?after=\(position)&limit=\(limit)"), EventPage.init)
    }

    /// Sends a request and reads what the answer says.
    func send<Value>(_ request: APIRequest, _ read: (JSON) throws -> Value) async throws -> Value {
        try await send(request) { json, _ in try read(json) }
    }

    /// Sends a request and reads what the answer says, with its status.
    func send<Value>(_ request: APIRequest, _ read: (JSON, Int) throws -> Value) async throws -> Value {
        let response = try await transport.open(request)
        let bytes = try await response.collect(bytesMaximum: Self.answerBytesMaximum)
        guard (200..<300).contains(response.status) else {
            throw ProblemDetails.error(bytes, status: response.status, from: place)
        }
        do {
            return try read(try JSON(parsing: bytes), response.status)
        } catch let error as SignalboxError {
            throw SignalboxError(
                .upstream, "\(place) does not answer like Signalbox.",
                hint: "Is the address right, and is the server of the version \(Version.number)?", cause: error)
        }
    }
}
