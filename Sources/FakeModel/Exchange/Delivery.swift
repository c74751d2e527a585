internal import Core
internal import HTTPServer

/// Hands a reply over: whole or in pieces, at the pace and with the faults that were written.
struct Delivery: Sendable {
    let written: WrittenReply
    let request: FakeRequest
    let dialect: any Dialect
    let identity: AnswerIdentity

    private var pace: FakeAnswer.Pace { written.pace }
    private var fault: FakeAnswer.Fault { written.fault }

    func response() async throws -> Response {
        var response = Response(Status(rawValue: fault.status ?? 200))
        for (name, value) in dialect.headers(identity) { response.headers.add(name, value) }
        let isEvents = request.isStreamed && request.isEventStream && !isRefused
        response.headers["Content-Type"] = isEvents ? "text/event-stream; charset=utf-8" : "application/json"
        for (name, value) in written.headers { response.headers[name] = value }
        let parts = parts
        // In pieces only where somebody can tell the difference: whole bodies are several times faster.
        if parts.count > 1, pace.delay > .zero || pace.pauseBetween > .zero {
            response.body = stream(parts)
            return response
        }
        if pace.delay > .zero { try await Task.sleep(for: pace.delay) }
        let bytes = Array(parts.joined())
        response.body = fault.cutAfterBytes.map { cut(bytes, after: $0) } ?? .bytes(bytes)
        return response
    }

    /// Whether the request is answered with an error instead of an answer.
    private var isRefused: Bool { fault.status.map { $0 >= 400 } ?? false }

    /// The body, in the pieces in which it may be sent.
    private var parts: [[UInt8]] {
        if let malformed = fault.malformed { return [Array(malformed.utf8)] }
        if isRefused { return [error(status: fault.status ?? 500).bytes] }
        let failure = fault.error.map { _ in error(status: fault.status ?? 500) }
        if request.isStreamed { return dialect.events(written.reply, to: request, identity, failure: failure) }
        return [(failure ?? dialect.document(written.reply, to: request, identity)).bytes]
    }

    private func error(status: Int) -> JSON {
        var mistake = dialect.mistake(status: status >= 400 ? status : 500)
        if !written.reply.text.isEmpty, isRefused { mistake.message = written.reply.text }
        return dialect.error(mistake, overrides: fault.error, identity)
    }

    private func stream(_ parts: [[UInt8]]) -> Response.Body {
        let pause = pace.delay / parts.count + pace.pauseBetween
        let maximum = fault.cutAfterBytes ?? .max
        return .stream { writer in
            var sent = 0
            for part in parts {
                let rest = part.prefix(maximum - sent)
                if !rest.isEmpty { try await writer.write(Array(rest)) }
                sent += rest.count
                if rest.count < part.count { throw ConnectionCut() }
                if pause > .zero { try await Task.sleep(for: pause) }
            }
        }
    }

    private func cut(_ bytes: [UInt8], after count: Int) -> Response.Body {
        .stream { writer in
            if count > 0 { try await writer.write(Array(bytes.prefix(count))) }
            if count < bytes.count { throw ConnectionCut() }
        }
    }

    /// The script wants the connection to break.
    private struct ConnectionCut: Error {}
}
