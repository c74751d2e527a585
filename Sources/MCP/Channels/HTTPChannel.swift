internal import Core
internal import HTTPClient
internal import Synchronization

/// A server that is reached by HTTP: each message is a request of its own, and its answer a JSON document or a stream of
/// events (specification, § Streamable HTTP).
final class HTTPChannel: Channel {
    struct State {
        var revision: Revision?
        /// What a server with sessions calls this one.
        var session: String?
        var nextID: Int64 = 1
        var underWay = 0
        var questions = 0
        var end: Fault?
    }

    let state = Mutex(State())
    let events: ChannelEvents
    let client: HTTPClient
    private let url: String
    private let headers: [String: String]

    /// - Parameter headers: are sent with each request.
    init(url: String, headers: [String: String], client: HTTPClient, _ events: ChannelEvents) {
        self.url = url
        self.headers = headers
        self.client = client
        self.events = events
    }

    var end: Fault? { state.withLock(\.end) }

    func settle(_ revision: Revision) { state.withLock { $0.revision = revision } }

    func perform(_ exchange: Exchange) async throws -> RPCAnswer {
        let id = try state.withLock { state in
            if let end = state.end { throw end }
            guard state.underWay < Limits.mcpCallsPerServerMaximum else {
                throw SignalboxError(
                    .limit, "More than \(Limits.mcpCallsPerServerMaximum) calls of one MCP server are under way.",
                    hint: "Run fewer steps at once.")
            }
            state.underWay += 1
            defer { state.nextID += 1 }
            return state.nextID
        }
        defer { state.withLock { $0.underWay -= 1 } }
        do {
            return try await exchange.patience.limit { try await self.answer(to: exchange, id) }
        } catch {
            let isGivenUp = error is CancellationError || (error as? Fault)?.cause is MCPTimeout
            if isGivenUp, exchange.method != "initialize" { tellCancelled(id) }
            throw error
        }
    }

    /// Tells a server with sessions that nobody waits any more; to others the end of the connection says it.
    private func tellCancelled(_ id: Int64) {
        guard state.withLock({ $0.revision?.hasHandshake ?? false }) else { return }
        // Nobody waits for it: the caller is gone, and a server that does not take it loses nothing.
        Task { [weak self] in
            try await self?.notify(
                "notifications/cancelled",
                ["requestId": .int(id), "reason": "Signalbox does not wait any longer."])
        }
    }

    func notify(_ method: String, _ params: JSONObject) async throws {
        try await post(OutgoingMessage.notification(method: method, params: params))
    }

    /// Sends what has no answer.
    func post(_ message: [UInt8]) async throws {
        var request = request("POST", body: message)
        request.timeouts.total = .milliseconds(Limits.mcpProbeMilliseconds)
        let response = try await client.send(request)
        try await require(response, id: nil)
    }

    func close() async {
        let session = state.withLock { state in
            if state.end == nil { state.end = Fault("it was closed") }
            return state.session
        }
        guard session != nil else { return }
        var request = request("DELETE", body: nil)
        request.timeouts.total = .milliseconds(Limits.mcpStopGraceMilliseconds)
        do {
            _ = try await client.send(request)
        } catch {
            // The server ends its session by itself some day; there is nobody to tell.
        }
    }

    /// A request with all that each request has.
    func request(_ method: String, body: [UInt8]?, accept: String = "application/json, text/event-stream")
        -> ClientRequest
    {
        var request = ClientRequest(method, url, body: body)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { request.headers[name] = value }
        request.headers["Accept"] = accept
        if body != nil { request.headers["Content-Type"] = "application/json" }
        let (revision, session) = state.withLock { ($0.revision, $0.session) }
        request.headers["MCP-Protocol-Version"] = revision?.rawValue
        request.headers["Mcp-Session-Id"] = session
        // The exchange's own patience stands above the client's.
        request.timeouts.firstByte = nil
        request.timeouts.idle = nil
        return request
    }

    /// A request for an exchange.
    func request(for exchange: Exchange, _ id: Int64) -> ClientRequest {
        var request = request("POST", body: exchange.message(id: id))
        for (name, value) in exchange.headers { request.headers[name] = value }
        guard let revision = exchange.params["_meta"]?[Metadata.revision]?.stringValue else { return request }
        request.headers["MCP-Protocol-Version"] = revision
        request.headers["Mcp-Method"] = exchange.method
        if let name = exchange.subjectName { request.headers["Mcp-Name"] = HeaderValue.encode(name) }
        return request
    }

    func abandon(_ fault: Fault) {
        state.withLock { if $0.end == nil { $0.end = fault } }
    }

    /// Ends the session, which the server does not know any more.
    func loseSession() {
        state.withLock { $0.session = nil }
        abandon(Fault("its session is over"))
    }
}

extension Exchange {
    /// What the header field `Mcp-Name` names (2026-07-28, § Standard Request Headers).
    fileprivate var subjectName: String? {
        switch method {
        case "tools/call", "prompts/get": params["name"]?.stringValue
        case "resources/read": params["uri"]?.stringValue
        default: nil
        }
    }
}
