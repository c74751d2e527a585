internal import Core
internal import HTTPClient
internal import Synchronization

extension HTTPChannel {
    func answer(to exchange: Exchange, _ id: Int64) async throws -> RPCAnswer {
        let response = try await client.send(request(for: exchange, id))
        try await require(response, id: id)
        if exchange.method == "initialize" {
            state.withLock { $0.session = response.headers["Mcp-Session-Id"] }
        }
        switch response.mediaType {
        case "application/json": return try await wholeAnswer(in: response, id)
        case "text/event-stream": return try await streamedAnswer(in: response, to: exchange, id)
        case let type:
            throw Fault(
                "it answered with \(type ?? "no stated type") (status \(response.status)) where JSON should stand",
                hint: "Check the server's address.")
        }
    }

    /// Refuses a response that says in its status that there is no answer.
    /// - Parameter id: of the request; nil when it was a notification.
    func require(_ response: ClientResponse, id: Int64?) async throws {
        switch response.status {
        case 202 where id == nil: return
        case 200...201: return
        case 202: throw Fault("it took the request, but gave no answer (status 202)")
        case 401:
            throw Fault(
                "it asks for authorization (status 401)",
                hint: "Give the server a header field Authorization with a valid token.")
        case 403:
            throw Fault(
                "it refuses access (status 403)", hint: "Check what the token in the server's header fields allows.")
        case 404 where state.withLock({ $0.session != nil }):
            loseSession()
            throw SessionLost()
        case 300...399:
            throw Fault(
                "it sends on to another address (status \(response.status))",
                hint: "Write that address into the server's settings if it is to be trusted.")
        default: break
        }
        let body = try await response.collect(bytesMaximum: Limits.mcpErrorBytesMaximum)
        do {
            if case .error(_, let error) = try RPCMessage.read(body) { throw error }
        } catch is RPCMessage.Malformed {
            // A page for people, or nothing: the status says it all.
        }
        throw Fault(
            "it answered with status \(response.status)",
            cause: TemporaryRefusal(status: response.status, headers: response.headers, now: .now))
    }

    private func wholeAnswer(in response: ClientResponse, _ id: Int64) async throws -> RPCAnswer {
        let body: [UInt8]
        do {
            body = try await response.collect(bytesMaximum: Limits.mcpMessageBytesMaximum)
        } catch let error as SignalboxError where error.code == .limit {
            throw Fault("it sent a message of more than \(Limits.mcpMessageBytesMaximum >> 20) MiB")
        }
        guard let answer = try answer(in: try message(body), body.count, id) else {
            throw Fault("it sent no answer, but another message")
        }
        return answer
    }

    /// The answer to that request, if the message is one; nil for a message that is none.
    func answer(in message: RPCMessage, _ bytes: Int, _ id: Int64?) throws -> RPCAnswer? {
        switch message {
        case .result(let other, let result):
            guard let id, other == .int(id) else { throw Self.unknown(other) }
            return RPCAnswer(result: result, bytes: bytes)
        case .error(let other, let error):
            guard other == nil || other == id.map({ .int($0) }) else { throw Self.unknown(other ?? .null) }
            throw error
        case .request, .notification: return nil
        }
    }

    private static func unknown(_ id: JSON) -> Fault {
        Fault("it answered a request that was never made (id \(id.text.prefix(40)))")
    }

    /// Reads a message.
    /// - Throws: `Fault` when it is none.
    func message(_ bytes: [UInt8]) throws -> RPCMessage {
        do {
            return try RPCMessage.read(bytes)
        } catch let malformed as RPCMessage.Malformed {
            throw Fault(malformed.reason)
        }
    }
}

extension ClientResponse {
    /// Without its parameters, in small letters.
    var mediaType: String? {
        headers["Content-Type"]?.split(separator: ";").first.map { $0.lowercased().trimmed }
    }
}
