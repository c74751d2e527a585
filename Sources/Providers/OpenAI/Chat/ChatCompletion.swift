internal import Core
internal import HTTPClient

/// A chat completion as far as it has been received, in chunks or as a whole
/// (https://platform.openai.com/docs/api-reference/chat-streaming).
struct ChatCompletion: AnswerAssembly {
    private let provider: String
    private var text = ""
    private var refusal = ""
    private var reasoning = ChatReasoning()
    private var calls = ChatToolCalls()
    private var sources = WebSources()
    private var finishReason: String?
    private var usage: JSON?
    private var model: String?
    private var id: String?
    private var serviceTier: String?
    private(set) var isFinished = false

    /// - Parameter provider: The provider's name, for what only it is to get back.
    init(provider: String) {
        self.provider = provider
    }

    var isComplete: Bool { finishReason != nil }

    var bytesHeld: Int {
        text.utf8.count + refusal.utf8.count + reasoning.bytesHeld + calls.bytesHeld + sources.bytesHeld
    }

    var response: ModelResponse {
        var parts = [reasoning.part(of: provider)].compactMap(\.self)
        if !text.isEmpty { parts.append(.text(text)) }
        if !sources.sources.isEmpty { parts.append(.webSearch(WebSearch(query: "", results: sources.sources))) }
        parts += calls.calls(of: provider).map(MessagePart.toolCall)
        return ModelResponse(
            parts: parts, refusal: refusal.isEmpty ? nil : refusal, stopReason: stopReason,
            usage: usage.flatMap(TokenUsage.init(openAIChat:)), reportedUsage: usage?.asEvidence,
            reportedCost: usage.flatMap(ReportedCost.ofUsage), serviceTier: serviceTier, responseModel: model,
            responseID: id)
    }

    /// Not all servers say of tools that they are why it ends.
    private var stopReason: ModelResponse.StopReason {
        switch finishReason {
        case "stop"?, nil: calls.isEmpty ? .end : .toolUse
        case "tool_calls"?, "function_call"?: calls.isEmpty ? .end : .toolUse
        // Mistral calls the bound of the model itself by the second word.
        case "length"?, "model_length"?: .length
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
        // Some gateways send a list of choices that is empty, or none, when the model behind them has failed: an answer of
        // the right form in which nobody has said anything.
        let choices = whole["choices"]
        let isEmpty = choices?.isNull == true || choices?.arrayValue?.isEmpty == true
        guard isEmpty || choices?[0]?["message"] != nil else { throw errors.malformed(whole) }
        isFinished = true
        return events
    }

    private mutating func take(_ json: JSON, part: String, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object(let members) = json else { throw errors.malformed(json) }
        // vLLM has the error in the object itself.
        let error = members["object"]?.stringValue == "error" ? json : members["error"]
        if let error, !error.isNull { throw errors.inStream(error, after: text) }
        id = id ?? members["id"]?.stringValue
        model = members["model"]?.stringValue ?? model
        serviceTier = members["service_tier"]?.stringValue ?? serviceTier
        if let reported = members["usage"], !reported.isNull { usage = reported }
        takeSources(members)
        // Chunks without choices are usual: the one with the usage, or the report of a filter in front.
        guard let choices = members["choices"], !choices.isNull else { return [] }
        guard case .array(let elements) = choices else { throw errors.malformed(json) }
        var events: [ModelEvent] = []
        for choice in elements where (choice["index"]?.intValue ?? 0) == 0 {
            guard case .object = choice else { throw errors.malformed(json) }
            events += try take(message: choice[part] ?? .null, isWhole: part == "message", in: json, errors)
            guard let reason = choice["finish_reason"]?.stringValue else { continue }
            // OpenRouter's word for a model that broke down on the way.
            guard reason != "error" else {
                throw errors.inStream(
                    choice["error"] ?? ["message": "The model broke down", "code": 502], after: text)
            }
            finishReason = reason
        }
        return events
    }

    private mutating func take(
        message: JSON, isWhole: Bool, in json: JSON, _ errors: UpstreamErrors
    ) throws -> [ModelEvent] {
        guard case .object(let members) = message else {
            guard message.isNull else { throw errors.malformed(json) }
            return []
        }
        var events: [ModelEvent] = []
        if let field = ChatReasoning.fields.first(where: { members[$0].map { !$0.isNull } ?? false }) {
            guard case .string(let stretch) = members[field] else { throw errors.malformed(json) }
            reasoning.take(stretch, from: field)
            if !stretch.isEmpty { events.append(.reasoning(stretch)) }
        }
        reasoning.take(details: members["reasoning_details"])
        for stretch in try ChatContent.stretches(of: members["content"], in: json, errors) {
            if stretch.isThinking { reasoning.take(stretch.text, from: nil) } else { text += stretch.text }
            events.append(stretch.isThinking ? .reasoning(stretch.text) : .text(stretch.text))
        }
        if let stretch = members["refusal"], !stretch.isNull {
            guard case .string(let stretch) = stretch else { throw errors.malformed(json) }
            refusal += stretch
            if !stretch.isEmpty { events.append(.refusal(stretch)) }
        }
        sources.add(annotations: members["annotations"])
        if let elements = members["tool_calls"], !elements.isNull {
            guard case .array(let elements) = elements else { throw errors.malformed(json) }
            for element in elements { events += try calls.take(element, isWhole: isWhole, errors) }
        }
        return events
    }

    /// Perplexity and xAI name their sources beside the choices.
    private mutating func takeSources(_ members: JSONObject) {
        for result in members["search_results"]?.arrayValue ?? [] {
            sources.add(url: result["url"]?.stringValue, title: result["title"]?.stringValue)
        }
        for citation in members["citations"]?.arrayValue ?? [] { sources.add(url: citation.stringValue, title: nil) }
    }
}
