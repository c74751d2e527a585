internal import Core
internal import HTTPClient

/// An answer of Gemini as far as it has been received: each event of the stream is an answer with the next parts.
struct GeminiAnswer: AnswerAssembly {
    private let model: ModelName
    private let tools: [ToolDeclaration]

    private(set) var parts: [MessagePart] = []
    private(set) var finishReason: String?
    private(set) var refusal: String?
    private(set) var usage: JSON?
    private(set) var grounding: JSON?
    private(set) var responseModel: String?
    private(set) var responseID: String?
    private(set) var bytesHeld = 0

    /// The text or thinking that grows, kept apart: a text inside of a part would be copied with each stretch.
    private var open = Open.nothing
    private var openText = ""
    private var ids = ToolCallIDs()

    private enum Open: Sendable {
        case nothing, text, thought
    }

    /// An answer at its start.
    /// - Parameter tools: Whose names are given back as they were declared.
    init(of model: ModelName, tools: [ToolDeclaration] = []) {
        self.model = model
        self.tools = tools
    }

    var isComplete: Bool { finishReason != nil || refusal != nil }

    /// Nothing marks the end of the stream: the connection ends.
    var isFinished: Bool { false }

    mutating func take(_ event: ServerSentEventParser.Event, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        try take(errors.json(event.data), errors)
    }

    mutating func take(whole json: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        // A stream that was not asked for as events is an array.
        let answers = json.arrayValue ?? [json]
        var events: [ModelEvent] = []
        for answer in answers { events += try take(answer, errors) }
        guard isComplete || !answers.isEmpty && answers.contains(where: { $0["candidates"] != nil }) else {
            throw errors.malformed(json)
        }
        return events
    }

    private mutating func take(_ json: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object(let members) = json else { throw errors.malformed(json) }
        if let error = members["error"], !error.isNull { throw errors.inStream(error, after: text) }
        responseModel = members["modelVersion"]?.stringValue ?? responseModel
        responseID = members["responseId"]?.stringValue ?? responseID
        if let reported = members["usageMetadata"], case .object = reported {
            usage = usage?.usage(updatedBy: reported) ?? reported
        }
        if let reason = members["promptFeedback"]?["blockReason"]?.stringValue {
            let said = members["promptFeedback"]?["blockReasonMessage"]?.stringValue
            return decline(said ?? "The provider's filter refused the prompt (\(reason)).")
        }
        guard let candidates = members["candidates"], !candidates.isNull else { return [] }
        guard case .array(let elements) = candidates else { throw errors.malformed(json) }
        var events: [ModelEvent] = []
        for candidate in elements where (candidate["index"]?.intValue ?? 0) == 0 {
            guard case .object = candidate else { throw errors.malformed(json) }
            events += try take(candidate: candidate, in: json, errors)
        }
        return events
    }

    private mutating func take(
        candidate: JSON, in json: JSON, _ errors: UpstreamErrors
    ) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        if let content = candidate["content"]?["parts"], !content.isNull {
            guard case .array(let elements) = content else { throw errors.malformed(json) }
            for part in elements {
                guard case .object(let members) = part else { throw errors.malformed(json) }
                events += take(part: members)
            }
        }
        if let found = candidate["groundingMetadata"], case .object = found { events += ground(found) }
        if let reason = candidate["finishReason"]?.stringValue, reason != "FINISH_REASON_UNSPECIFIED" {
            finishReason = reason
            events += end(reason, candidate["finishMessage"]?.stringValue)
        }
        return events
    }

    /// All text so far.
    private var text: String { parts.compactMap(\.text).joined() + (open == .text ? openText : "") }
}

extension GeminiAnswer {
    private mutating func take(part: JSONObject) -> [ModelEvent] {
        let signature = part["thoughtSignature"]
        bytesHeld += 64 + (signature?.stringValue?.utf8.count ?? 0)
        if let function = part["functionCall"], case .object = function {
            return call(function, signature: signature)
        }
        if let tool = part["toolCall"] ?? part["toolResponse"], case .object = tool {
            return search(.object(part), tool)
        }
        guard let text = part["text"]?.stringValue else { return [] }
        bytesHeld += text.utf8.count
        let kind = part["thought"]?.boolValue == true ? Open.thought : .text
        if !text.isEmpty {
            if kind != open { closeOpen() }
            open = kind
            openText += text
        }
        if let signature { sign(signature, kind) }
        guard !text.isEmpty else { return [] }
        return kind == .thought ? [.reasoning(text)] : [.text(text)]
    }

    /// Puts the growing text among the parts.
    private mutating func closeOpen(signature: JSON? = nil) {
        switch open {
        case .nothing: break
        case .text: parts.append(.text(openText))
        case .thought:
            let state = signature.map { ProviderState.of(model, ["signature": $0, "thought": true]) }
            parts.append(.thinking(Thinking(text: openText, state: state)))
        }
        open = .nothing
        openText = ""
    }

    /// Keeps the signature of a thought with it, and that of a text behind it: text has no place for one.
    private mutating func sign(_ signature: JSON, _ kind: Open) {
        guard kind != .thought || open != .thought else { return closeOpen(signature: signature) }
        closeOpen()
        var members: JSONObject = ["signature": signature]
        if kind == .thought { members["thought"] = true }
        parts.append(.thinking(Thinking(text: "", state: ProviderState.of(model, members))))
    }

    private mutating func call(_ function: JSON, signature: JSON?) -> [ModelEvent] {
        closeOpen()
        let id = ids.next(function["id"]?.stringValue)
        let name = GeminiToolName.received(function["name"]?.stringValue ?? "", among: tools)
        var members: JSONObject = [:]
        if let given = function["id"]?.stringValue, !given.isEmpty { members["id"] = .string(given) }
        members["signature"] = signature
        // No conditional expression: in one, nil would be the JSON null.
        var state: JSON?
        if !members.isEmpty { state = ProviderState.of(model, members) }
        let written = function["args"].flatMap { $0.isNull ? nil : $0.text } ?? ""
        bytesHeld += written.utf8.count
        parts.append(.toolCall(ToolCall(id: id, name: name, argumentText: written, state: state)))
        return [.toolCall(id: id, name: name)] + (written.isEmpty ? [] : [.toolArguments(written)])
    }

    /// A search that stands among calls of tools, or what it has found: kept to be sent back as it came.
    private mutating func search(_ part: JSON, _ tool: JSON) -> [ModelEvent] {
        closeOpen()
        bytesHeld += part.bytes.count
        let queries = (tool["args"]?["queries"]?.arrayValue ?? []).compactMap(\.stringValue)
        let state = ProviderState.of(model, ["parts": [part]])
        parts.append(.webSearch(WebSearch(query: queries.joined(separator: "; "), results: [], state: state)))
        return queries.map { .webSearch(query: $0) }
    }

    private mutating func ground(_ metadata: JSON) -> [ModelEvent] {
        let known = (grounding?["webSearchQueries"]?.arrayValue ?? []).compactMap(\.stringValue)
        bytesHeld += metadata.bytes.count
        grounding = grounding?.usage(updatedBy: metadata) ?? metadata
        let queries = (grounding?["webSearchQueries"]?.arrayValue ?? []).compactMap(\.stringValue)
        return queries.filter { !known.contains($0) }.map { .webSearch(query: $0) }
    }

    private mutating func end(_ reason: String, _ message: String?) -> [ModelEvent] {
        switch reason {
        case "MALFORMED_FUNCTION_CALL":
            // The model hears what was wrong, as of any call that cannot be read.
            closeOpen()
            let id = ids.next(nil)
            parts.append(
                .toolCall(
                    ToolCall(id: id, name: Self.malformedCall, arguments: [:], malformed: message ?? "")))
            return [.toolCall(id: id, name: Self.malformedCall)]
        case _ where Self.filters.contains(reason):
            return decline(message ?? "The provider's filter withheld the answer (\(reason)).")
        default: return []
        }
    }

    private mutating func decline(_ sentence: String) -> [ModelEvent] {
        guard refusal == nil else { return [] }
        refusal = sentence
        return [.refusal(sentence)]
    }

    /// The name of a call of which not even the name could be read.
    private static let malformedCall = "malformed_call"

    /// Reasons that speak of what the answer holds.
    static let filters: Set = [
        "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "IMAGE_SAFETY",
        "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION",
    ]
}

extension GeminiAnswer {
    var response: ModelResponse {
        var whole = self
        whole.closeOpen()
        let usage = usage.flatMap { TokenUsage(gemini: $0, grounding: grounding) }
        return ModelResponse(
            parts: whole.parts + found(in: whole.parts), refusal: refusal, stopReason: reason(whole.parts),
            usage: usage, reportedUsage: self.usage, serviceTier: self.usage.flatMap(ReportedServiceTier.gemini),
            responseModel: responseModel, responseID: responseID)
    }

    /// What searches have found, as the answer reports it at its end.
    private func found(in parts: [MessagePart]) -> [MessagePart] {
        let sources = (grounding?["groundingChunks"]?.arrayValue ?? []).compactMap { chunk -> WebSearch.Source? in
            guard let url = chunk["web"]?["uri"]?.stringValue else { return nil }
            return WebSearch.Source(url: url, title: chunk["web"]?["title"]?.stringValue ?? "")
        }
        let queries = (grounding?["webSearchQueries"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard !sources.isEmpty || !queries.isEmpty else { return [] }
        return [.webSearch(WebSearch(query: queries.joined(separator: "; "), results: sources))]
    }

    private func reason(_ parts: [MessagePart]) -> ModelResponse.StopReason {
        if refusal != nil { return .contentFilter }
        let calls = parts.contains { if case .toolCall = $0 { true } else { false } }
        return switch finishReason {
        case "STOP"?, nil: calls ? .toolUse : .end
        case "MALFORMED_FUNCTION_CALL"?: .toolUse
        case "MAX_TOKENS"?: .length
        case let word?: .other(word.lowercased())
        }
    }
}
