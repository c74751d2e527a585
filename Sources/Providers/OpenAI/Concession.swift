internal import Core
internal import Synchronization

/// What a request does without because its server has refused it: servers that speak like OpenAI know very different
/// parts of it. Only what can be left out or said otherwise without harm; a temperature that a model does not take
/// stays an error.
enum Concession: Sendable, Hashable, CaseIterable {
    /// The schema is not strict.
    case looseSchema
    /// The schema stands in the prompt, and nothing else asks for it.
    case schemaInPrompt
    /// How much to think is left to the model.
    case noEffort
    /// No summary of the thinking.
    case noSummary
    /// Thinking is not handed back in later turns.
    case noEncryptedThinking
    /// No usage at the end of the stream, which is then unknown.
    case noStreamOptions
    /// The other of the names `max_tokens` and `max_completion_tokens`.
    case otherBoundName

    /// What to do without after a refusal; nil when the request is wrong in another way.
    /// - Parameters:
    ///   - made: what it did without already.
    ///   - sent: the body of the request.
    static func next(after refused: RefusedRequest, to sent: JSON, made: Set<Concession>) -> Concession? {
        guard [400, 404, 415, 422, 500, 501].contains(refused.status) else { return nil }
        let said = String(decoding: refused.body, as: UTF8.self).lowercased()
        func says(_ words: String...) -> Bool { words.contains { said.contains($0) } }
        let isUnknown = says(
            "unsupported", "not supported", "unknown", "unrecognized", "unexpected", "extra", "not permitted")
        let candidates: [(Concession, Bool)] = [
            (.noSummary, says("reasoning.summary", "reasoning summar") && sent["reasoning"]?["summary"] != nil),
            (.noEncryptedThinking, says("encrypted") && sent["include"] != nil),
            (
                .noEffort,
                says(
                    "reasoning_effort", "reasoning.effort", "reasoning effort", "support thinking", ".effort'",
                    "parameter: 'reasoning'")
                    && (sent["reasoning_effort"] != nil || sent["reasoning"] != nil)
            ),
            (.noStreamOptions, says("stream_options", "include_usage") && sent["stream_options"] != nil),
            (
                .otherBoundName,
                isUnknown && says("max_tokens", "max_completion_tokens")
                    && (sent["max_tokens"] != nil || sent["max_completion_tokens"] != nil)
            ),
        ]
        if let fitting = candidates.first(where: { $0.1 && !made.contains($0.0) }) { return fitting.0 }
        let format = sent["response_format"]?["json_schema"] ?? sent["text"]?["format"]
        guard let format, says("response_format", "text.format", "json_schema", "json schema", "structured", "grammar")
        else { return nil }
        return format["strict"]?.boolValue == true && !made.contains(.looseSchema) ? .looseSchema : .schemaInPrompt
    }

    /// How a schema is asked for in words.
    static func instruction(for schema: JSON) -> String {
        """
        Answer with one JSON value and nothing else: no Markdown around it, no explanation. It must fit this JSON Schema:
        \(schema.text)
        """
    }
}

/// Remembers what servers have refused, so that each request but the first gets it right at once.
final class ConcessionMemory: Sendable {
    private let known = Mutex<[ModelName: Set<Concession>]>([:])

    func concessions(for model: ModelName) -> Set<Concession> { known.withLock { $0[model] ?? [] } }

    /// Notes what was necessary for an answer of that model.
    func note(_ concessions: Set<Concession>, for model: ModelName) {
        known.withLock { known in
            if known.count >= Limits.refusingModelsMaximum, known[model] == nil { known.removeAll() }
            known[model] = concessions
        }
    }
}
