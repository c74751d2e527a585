internal import Core
internal import Providers

extension FuzzTarget {
    /// Answers of models as OpenAI's chat completions, streamed or in one piece.
    static let chatCompletion = answers("chat-completion") { ReadAnswer.chatCompletion($0, cuts: $1) }
    /// As OpenAI's responses.
    static let openAIResponse = answers("openai-response") { ReadAnswer.openAIResponse($0, cuts: $1) }
    /// As Anthropic's messages.
    static let anthropicMessage = answers("anthropic-message") { ReadAnswer.anthropicMessage($0, cuts: $1) }
    /// As Gemini's.
    static let gemini = answers("gemini") { ReadAnswer.gemini($0, cuts: $1) }

    private static func answers(
        _ name: String, _ read: @escaping @Sendable ([UInt8], [Int]) -> ReadAnswer
    ) -> FuzzTarget {
        FuzzTarget(name, bytesMaximum: 8 << 10) { bytes in
            let whole = read(bytes, [])
            try requireDefined(whole)
            let cut = read(bytes, Input.cuts(bytes))
            try requireDefined(cut)
            try require(response(whole) == response(cut), "cut, it is another answer")
            try require(told(whole.events) == told(cut.events), "cut, something else is told")
        }
    }

    /// An answer, what there is of it, or an error before anything was told.
    private static func requireDefined(_ answer: ReadAnswer) throws {
        switch answer.result {
        case .success(let response):
            let ids = response.toolCalls.map(\.id)
            try require(Set(ids).count == ids.count && !ids.contains(""), "a call without an id of its own")
        case .failure(let cut as CutResponse):
            try require(!answer.events.isEmpty && cut.response.stopReason == .cut, "cut off before the beginning")
        case .failure(let error as SignalboxError):
            try require(answer.events.isEmpty && error.code == .upstream, "\(error.code.rawValue): \(error.message)")
        case .failure(let error): throw Violation("an error that is none of Signalbox's: \(error)")
        }
    }

    private static func response(_ answer: ReadAnswer) -> ModelResponse? {
        switch answer.result {
        case .success(let response): response
        case .failure(let error): (error as? CutResponse)?.response
        }
    }

    /// The events as one text: how many stretches a text comes in follows from the cuts.
    private static func told(_ events: [ModelEvent]) -> String {
        events.map { event in
            switch event {
            case .text(let text), .reasoning(let text), .refusal(let text), .toolArguments(let text): text
            case .toolCall(let id, let name): "<\(id) \(name)>"
            case .webSearch(let query): "<search \(query)>"
            }
        }.joined()
    }
}
