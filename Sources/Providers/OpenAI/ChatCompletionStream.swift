internal import Core
internal import HTTPClient

/// Puts the answer together from the streamed chunks of a chat completion, whose bytes may be cut anywhere.
/// (https://platform.openai.com/docs/api-reference/chat-streaming)
struct ChatCompletionStream: Sendable {
    private let errors: UpstreamErrors
    private var parser = ServerSentEventParser()
    private var completion = ChatCompletion()
    private var isDone = false

    /// A stream at its start; errors speak in the provider's name.
    init(_ errors: UpstreamErrors) {
        self.errors = errors
    }

    /// Whether the provider has said that nothing follows.
    var isFinished: Bool { isDone }

    /// Takes the next bytes and gives what arrived with them, stretches of the same kind joined.
    /// - Throws: `SignalboxError` with code `upstream_error`.
    mutating func receive(_ bytes: [UInt8]) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        do {
            for event in try parser.receive(bytes) where !isDone {
                guard event.data != Array("[DONE]".utf8) else {
                    isDone = true
                    break
                }
                for new in try completion.take(chunk: try errors.json(event.data), errors) { append(new, to: &events) }
                try requireRoom()
            }
        } catch let error as SignalboxError where error.code == .limit {
            throw errors.failure("sent too much: \(error.message)")
        }
        return events
    }

    /// The whole answer, at the end of the bytes.
    /// - Parameter cause: What cut the connection, if it did not end by itself.
    /// - Throws: `SignalboxError` with code `upstream_error` that says how much had arrived when it was cut short.
    func finish(cutBy cause: (any Error)? = nil) throws -> ModelResponse {
        // Usage comes behind the end of the answer: an answer that lacks only that is not worth asking for again.
        guard isDone || completion.isComplete else { throw errors.cutShort(after: completion.text, cause: cause) }
        return completion.response
    }

    private func append(_ new: ModelEvent, to events: inout [ModelEvent]) {
        switch (events.last, new) {
        case (.text(let before)?, .text(let text)): events[events.count - 1] = .text(before + text)
        case (.reasoning(let before)?, .reasoning(let text)): events[events.count - 1] = .reasoning(before + text)
        case (.refusal(let before)?, .refusal(let text)): events[events.count - 1] = .refusal(before + text)
        default: events.append(new)
        }
    }

    private func requireRoom() throws {
        guard completion.bytesHeld <= Limits.outputBytesMaximum else {
            throw errors.failure("sent an answer of more than \(Limits.outputBytesMaximum) bytes")
        }
    }
}
