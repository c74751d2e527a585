internal import Core
internal import HTTPClient

/// A chat completion as far as it has been received, in chunks or as a whole.
struct ChatCompletion: AnswerAssembly {
    private var text = ""
    private var reasoning = ""
    private var refusal = ""
    private var finishReason: String?
    private var usage: TokenUsage?
    private var model: String?
    private var id: String?
    private(set) var isFinished = false

    /// Whether the provider has said why the answer ends.
    var isComplete: Bool { finishReason != nil }

    /// What is held in memory of it.
    var bytesHeld: Int { text.utf8.count + reasoning.utf8.count + refusal.utf8.count }

    /// The answer as it stands.
    var response: ModelResponse {
        ModelResponse(
            text: text, reasoning: reasoning.isEmpty ? nil : reasoning, refusal: refusal.isEmpty ? nil : refusal,
            stopReason: stopReason, usage: usage, responseModel: model, responseID: id)
    }

    private var stopReason: ModelResponse.StopReason {
        switch finishReason {
        case "stop"?, nil: .end
        case "length"?: .length
        case "content_filter"?: .contentFilter
        case let word?: .other(word)
        }
    }

    /// Takes one chunk of a stream, in which the choice has a `delta`.
    mutating func take(_ event: ServerSentEventParser.Event, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard event.data != Array("[DONE]".utf8) else {
            isFinished = true
            return []
        }
        return try take(try errors.json(event.data), part: "delta", errors)
    }

    /// Takes an answer that came in one piece, in which the choice has a `message`.
    mutating func take(whole: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        let events = try take(whole, part: "message", errors)
        guard whole["choices"]?[0]?["message"] != nil else { throw errors.malformed(whole) }
        isFinished = true
        return events
    }

    private mutating func take(_ json: JSON, part: String, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object(let members) = json else { throw errors.malformed(json) }
        if let error = members["error"], !error.isNull { throw errors.inStream(error, after: text) }
        id = id ?? members["id"]?.stringValue
        model = members["model"]?.stringValue ?? model
        if let reported = members["usage"], !reported.isNull {
            usage = TokenUsage(chatCompletion: reported) ?? usage
        }
        // Chunks without choices are usual: the one with the usage, or the report of a filter in front.
        guard let choices = members["choices"], !choices.isNull else { return [] }
        guard case .array(let elements) = choices else { throw errors.malformed(json) }
        var events: [ModelEvent] = []
        for choice in elements where (choice["index"]?.intValue ?? 0) == 0 {
            guard case .object = choice else { throw errors.malformed(json) }
            events += try take(message: choice[part] ?? .null, in: json, errors)
            if let reason = choice["finish_reason"]?.stringValue { finishReason = reason }
        }
        return events
    }

    private mutating func take(message: JSON, in json: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object(let members) = message else {
            guard message.isNull else { throw errors.malformed(json) }
            return []
        }
        func stretch(_ names: String...) throws -> String? {
            guard let value = names.lazy.compactMap({ members[$0] }).first(where: { !$0.isNull }) else { return nil }
            guard case .string(let text) = value else { throw errors.malformed(json) }
            return text.isEmpty ? nil : text
        }
        var events: [ModelEvent] = []
        // OpenAI keeps its reasoning to itself; vLLM, llama.cpp and DeepSeek use the first name, Ollama the second.
        if let stretch = try stretch("reasoning_content", "reasoning") {
            reasoning += stretch
            events.append(.reasoning(stretch))
        }
        if let stretch = try stretch("content") {
            text += stretch
            events.append(.text(stretch))
        }
        if let stretch = try stretch("refusal") {
            refusal += stretch
            events.append(.refusal(stretch))
        }
        return events
    }
}

extension TokenUsage {
    /// The usage object of a chat completion; nil if it does not hold the two numbers that matter.
    ///
    /// OpenAI counts cached tokens within `prompt_tokens` and reasoning within `completion_tokens`. Some others count
    /// reasoning beside them, which shows in their total; a part that is larger than its whole is not believed.
    init?(chatCompletion usage: JSON) {
        func count(_ json: JSON?) -> Int64? {
            guard let value = json?.intValue, (0...1_000_000_000_000).contains(value) else { return nil }
            return value
        }
        guard let prompt = count(usage["prompt_tokens"]), let answer = count(usage["completion_tokens"]) else {
            return nil
        }
        let cached = count(usage["prompt_tokens_details"]?["cached_tokens"]).flatMap { $0 <= prompt ? $0 : nil }
        let thought = count(usage["completion_tokens_details"]?["reasoning_tokens"])
        let isBeside = thought.map { $0 > 0 && count(usage["total_tokens"]) == prompt + answer + $0 } ?? false
        let output = isBeside ? answer + (thought ?? 0) : answer
        self.init(
            input: prompt - (cached ?? 0), cacheRead: cached ?? 0, output: output,
            reasoning: thought.flatMap { $0 <= output ? $0 : nil } ?? 0)
    }
}
