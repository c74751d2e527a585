/// Somebody who answers requests to models.
public protocol ModelProvider: Sendable {
    /// The name in front of its models: `openai`, `script`, or what the settings call it.
    var name: String { get }

    /// Asks the model and returns its whole answer; stretches of it are told as they arrive, in order.
    ///
    /// The next stretch waits until `onEvent` returns, so a slow listener holds the stream back. An answer that the
    /// provider cut short or refused is an answer: see `stopReason` and `refusal`.
    /// - Throws: `SignalboxError` (mostly `upstream_error`) when nothing of an answer had arrived, whose cause says whether
    ///   asking again is of use; `CutResponse` when something had; `CancellationError` when the task is cancelled.
    func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse
}
