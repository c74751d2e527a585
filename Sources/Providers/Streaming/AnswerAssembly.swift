internal import Core
internal import HTTPClient

/// An answer as far as it has been received, in the form of one kind of provider; `StreamedAnswer` feeds it.
protocol AnswerAssembly: Sendable {
    /// Takes one event of the stream and gives what arrived with it.
    /// - Throws: `SignalboxError` with code `upstream_error`.
    mutating func take(_ event: ServerSentEventParser.Event, _ errors: UpstreamErrors) throws -> [ModelEvent]

    /// Takes an answer that came in one piece, or the error that came in its place.
    /// - Throws: `SignalboxError` with code `upstream_error`.
    mutating func take(whole: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent]

    /// Whether the provider has said why the answer ends: what may still be missing is not worth asking again for.
    var isComplete: Bool { get }

    /// Whether the provider has said that nothing follows.
    var isFinished: Bool { get }

    /// What is held in memory of it, in bytes.
    var bytesHeld: Int { get }

    /// The answer as it stands, also when it is not complete.
    var response: ModelResponse { get }
}
