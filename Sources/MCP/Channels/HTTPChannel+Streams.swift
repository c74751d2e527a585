internal import Core
internal import HTTPClient
internal import Synchronization

extension HTTPChannel {
    /// Reads a stream up to the answer, taking it up again where it broke off if the server can do that.
    func streamedAnswer(in response: ClientResponse, to exchange: Exchange, _ id: Int64) async throws -> RPCAnswer {
        var response = response
        var lastID: String?
        var attempts = 0
        while true {
            let end = try await read(response.body, exchange, id, after: lastID)
            guard case .failure(let broken) = end else { return try end.get() }
            attempts = broken.lastID == lastID ? attempts + 1 : 1
            lastID = broken.lastID
            guard let lastID, state.withLock({ $0.revision?.hasHandshake ?? true }),
                attempts <= Limits.mcpResumptionsMaximum
            else {
                throw Fault(
                    "its stream ended before the answer", hint: "The call may have had its effect.",
                    cause: broken.cause ?? TransferFailure.broken)
            }
            try await Task.sleep(for: Self.pause(broken.retryMilliseconds, attempts))
            response = try await resumed(after: lastID)
        }
    }

    /// As long as the server asks for, within bounds.
    private static func pause(_ retryMilliseconds: Int?, _ attempts: Int) -> Duration {
        .milliseconds(min(max(retryMilliseconds ?? 250 * attempts, 10), Limits.mcpRetryMillisecondsMaximum))
    }

    /// Opens a broken stream again (2025-11-25, § Resumability and Redelivery).
    private func resumed(after lastID: String?) async throws -> ClientResponse {
        var request = request("GET", body: nil, accept: "text/event-stream")
        request.headers["Last-Event-ID"] = lastID
        let response = try await client.send(request)
        try await require(response, id: 0)
        guard response.mediaType == "text/event-stream" else {
            throw Fault("it answered with \(response.mediaType ?? "no stated type") where a stream should go on")
        }
        return response
    }

    /// Reads events until the answer or the end.
    private func read(
        _ body: ClientBody, _ exchange: Exchange?, _ id: Int64?, after lastID: String?
    ) async throws -> Result<RPCAnswer, Broken> {
        var parser = ServerSentEventParser(eventBytesMaximum: Limits.mcpMessageBytesMaximum)
        var flood = FloodGuard()
        var broken = Broken(lastID: lastID)
        do {
            for try await piece in body {
                for event in try parser.receive(piece) {
                    broken.lastID = event.lastID ?? broken.lastID
                    // An event without data only tells its id.
                    guard !event.data.isEmpty, event.name == "message" else { continue }
                    let message = try message(event.data)
                    if let answer = try answer(in: message, event.data.count, id) { return .success(answer) }
                    try flood.count(bytes: event.data.count)
                    try take(message, exchange, id)
                }
                broken.retryMilliseconds = parser.retryMilliseconds
            }
        } catch let error as SignalboxError where error.cause is TransferFailure {
            broken.cause = error.cause
        } catch let error as SignalboxError where error.code == .limit {
            throw Fault("it sent a message of more than \(Limits.mcpMessageBytesMaximum >> 20) MiB")
        }
        return .failure(broken)
    }

    /// Takes a message that is no answer.
    private func take(_ message: RPCMessage, _ exchange: Exchange?, _ id: Int64?) throws {
        switch message {
        case .notification("notifications/progress", let params):
            guard let exchange, let id, params["progressToken"] == .int(id), let progress = MCPProgress(params) else {
                return
            }
            exchange.patience.noteActivity()
            exchange.onProgress?(progress)
        case .notification(let method, let params): events.take(method, params)
        case .request(let id, let method, let params): try asked(id, method, params, exchange)
        case .result, .error: break
        }
    }

    private func asked(_ id: JSON, _ method: String, _ params: JSONObject, _ exchange: Exchange?) throws {
        guard state.withLock(\.revision) != .stateless else {
            throw Fault("it sent the request \"\(method.prefix(60))\", which this revision forbids")
        }
        let answer = ServerRequest.answer(to: method)
        let isAsked = answer == nil && exchange?.onQuestion != nil
        let isTaken = state.withLock { state in
            guard state.questions < Limits.mcpQuestionsMaximum else { return false }
            state.questions += 1
            return true
        }
        guard isTaken else {
            throw Fault("it asks more than \(Limits.mcpQuestionsMaximum) things at once")
        }
        if isAsked { exchange?.patience.pause() }
        // Owned by the call, which ends it by answering its question when it ends itself.
        Task { [weak self] in
            let result: Result<JSON, RPCError>
            if let answer {
                result = answer
            } else {
                result = .success(await exchange?.onQuestion?(.object(params)) ?? ServerRequest.unanswered)
            }
            if isAsked { exchange?.patience.resume() }
            defer { self?.state.withLock { $0.questions -= 1 } }
            // A server that does not take it waits in vain, and the call's time passes.
            try await self?.post(OutgoingMessage.response(id: id, result))
        }
    }

    /// Opens the stream on which a server with sessions sends what belongs to no request.
    func listen() async throws -> Bool {
        var lastID: String?
        var attempts = 0
        while end == nil {
            let response: ClientResponse
            do {
                response = try await resumed(after: lastID)
            } catch  where error is RPCError || error is Fault {
                // It need not offer one (status 405).
                return attempts > 0
            }
            attempts += 1
            events.onSubscribed()
            guard case .failure(let broken) = try await read(response.body, nil, nil, after: lastID) else {
                return true
            }
            lastID = broken.lastID
            try await Task.sleep(for: Self.pause(broken.retryMilliseconds ?? 1_000, attempts))
        }
        return true
    }
}

/// Where a stream broke off.
private struct Broken: Error {
    var lastID: String?
    var retryMilliseconds: Int?
    var cause: (any Error)?
}
