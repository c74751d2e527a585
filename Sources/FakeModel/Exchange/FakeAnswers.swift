package import Core
internal import HTTPServer

/// What the fake model server makes of a request, without a connection: for tests of what it may be sent.
package enum FakeAnswers: Sendable {
    /// The address of an interface, by which the server knows it.
    package enum Interface: String, Sendable, CaseIterable {
        case chatCompletions = "/v1/chat/completions"
        case responses = "/v1/responses"
        case messages = "/v1/messages"
        case generateContent = "/v1beta/models/fake-model:generateContent"
        case streamedContent = "/v1beta/models/fake-model:streamGenerateContent?alt=sse"
    }

    /// An answer, or the reason why there is none.
    package enum Answer: Sendable {
        /// Whole, and as the messages of a stream.
        case given(document: JSON, events: [[UInt8]])
        case refused(status: Int, document: JSON)
    }

    /// What is answered without a script.
    /// - Throws: `SignalboxError` where nobody could be answered: the request is none.
    package static func answer(_ interface: Interface, body: [UInt8]) throws -> Answer {
        let request = try Request(
            .post, interface.rawValue,
            headers: ["Content-Type": "application/json", "anthropic-version": "2023-06-01"], body: body)
        let dialect = FakeModelPath.dialect(of: request)
        let identity = AnswerIdentity(number: 1, createdSeconds: 1_796_083_200)
        do {
            let asked = try dialect.read(request)
            let reply = try ReplyAuthor(script: nil).write(for: asked, headers: request.headers).reply
            return .given(
                document: dialect.document(reply, to: asked, identity),
                events: dialect.events(reply, to: asked, identity, failure: nil))
        } catch let mistake as RequestMistake {
            return .refused(status: mistake.status, document: dialect.error(mistake, overrides: nil, identity))
        }
    }
}
