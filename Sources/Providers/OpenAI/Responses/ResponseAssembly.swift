internal import Core
internal import HTTPClient

/// An answer of OpenAI's interface `responses` as far as it has been received, in events or as a whole
/// (https://platform.openai.com/docs/api-reference/responses-streaming).
struct ResponseAssembly: AnswerAssembly {
    private let provider: String
    private var items = ResponseItems()
    private var refusal = ""
    private var status: String?
    private var incompleteReason: String?
    private var usage: JSON?
    private var model: String?
    private var id: String?
    private var serviceTier: String?
    private(set) var isFinished = false

    /// - Parameter provider: The provider's name, for what only it is to get back.
    init(provider: String) {
        self.provider = provider
    }

    var isComplete: Bool { isFinished && status != nil }

    var bytesHeld: Int { items.bytesHeld + refusal.utf8.count }

    var response: ModelResponse {
        ModelResponse(
            parts: parts, refusal: refusal.isEmpty ? nil : refusal, stopReason: stopReason, usage: tokens,
            reportedUsage: usage?.asEvidence, reportedCost: usage.flatMap(ReportedCost.ofUsage),
            serviceTier: serviceTier, responseModel: model, responseID: id)
    }

    /// The parts in order; the pages that messages cite stand with the last search, where titles are missing otherwise.
    private var parts: [MessagePart] {
        var items = items.items
        let cited = items.filter { $0.kind == .message }.flatMap(\.sources.sources)
        if let search = items.lastIndex(where: { $0.kind == .webSearch }) {
            for place in items.indices where items[place].kind == .webSearch {
                for source in cited
                where place == search || items[place].sources.sources.contains(where: { $0.url == source.url }) {
                    items[place].sources.add(url: source.url, title: source.title)
                }
            }
        }
        let parts = items.flatMap { $0.parts(of: provider) }
        let hasSearched = items.contains { $0.kind == .webSearch }
        return cited.isEmpty || hasSearched ? parts : parts + [.webSearch(WebSearch(query: "", results: cited))]
    }

    private var tokens: TokenUsage? {
        guard let usage else { return nil }
        let searches = items.items.filter { $0.kind == .webSearch }
        return TokenUsage(
            openAIResponses: usage, output: .array(searches.map { $0.returned ?? ["type": "web_search_call"] }))
    }

    private var stopReason: ModelResponse.StopReason {
        switch (status, incompleteReason) {
        case ("incomplete", "max_output_tokens"): return .length
        case ("incomplete", "content_filter"): return .contentFilter
        case ("incomplete", let reason): return .other(reason ?? "incomplete")
        case ("completed", _), (nil, _):
            return items.items.contains { $0.kind == .toolCall } ? .toolUse : .end
        case (let word?, _): return .other(word)
        }
    }

    mutating func take(_ event: ServerSentEventParser.Event, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard event.data != Array("[DONE]".utf8) else { return [] }
        let json = try errors.json(event.data)
        guard case .object(let members) = json else { throw errors.malformed(json) }
        if let error = members["error"], !error.isNull { throw errors.inStream(error, after: response.text) }
        let type = members["type"]?.stringValue ?? event.name
        let index = members["output_index"]?.intValue
        switch type {
        case "response.output_item.added":
            return try items.begin(try object(members["item"], in: json, errors), at: index, errors)
        case "response.output_item.done":
            return try items.complete(try object(members["item"], in: json, errors), at: index, errors)
        case "response.created", "response.in_progress", "response.queued":
            takeHead(try object(members["response"], in: json, errors))
            return []
        case "response.completed", "response.incomplete", "response.failed", "response.cancelled":
            return try finish(try object(members["response"], in: json, errors), errors)
        case "error":
            throw errors.inStream(withoutType(members), after: response.text)
        default:
            return try takeStretch(type, members, at: index, errors)
        }
    }

    mutating func take(whole: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object(let members) = whole else { throw errors.malformed(whole) }
        if let error = members["error"], !error.isNull { throw errors.inStream(error, after: "") }
        guard case .array? = members["output"] else { throw errors.malformed(whole) }
        return try finish(whole, errors)
    }

    /// The events that come in numbers; those that are unknown mean nothing.
    private mutating func takeStretch(
        _ type: String, _ members: JSONObject, at index: Int64?, _ errors: UpstreamErrors
    ) throws -> [ModelEvent] {
        func stretch(_ name: String = "delta") throws -> String {
            guard let value = members[name]?.stringValue else { throw errors.malformed(.object(members)) }
            return value
        }
        switch type {
        case "response.output_text.delta":
            let stretch = try stretch()
            try items.extend(.message, at: index, with: stretch, errors)
            return stretch.isEmpty ? [] : [.text(stretch)]
        case "response.refusal.delta":
            let stretch = try stretch()
            refusal += stretch
            return stretch.isEmpty ? [] : [.refusal(stretch)]
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            let stretch = try stretch()
            try items.extend(.reasoning, at: index, with: stretch, errors)
            return stretch.isEmpty ? [] : [.reasoning(stretch)]
        case "response.reasoning_summary_part.added":
            // Each part of a summary is a paragraph of its own.
            guard items.hasText(.reasoning, at: index) else { return [] }
            try items.extend(.reasoning, at: index, with: "\n\n", errors)
            return [.reasoning("\n\n")]
        case "response.function_call_arguments.delta":
            let stretch = try stretch()
            let isLast = try items.extend(.toolCall, at: index, with: stretch, errors)
            return isLast && !stretch.isEmpty ? [.toolArguments(stretch)] : []
        case "response.function_call_arguments.done":
            guard !items.hasText(.toolCall, at: index) else { return [] }
            let arguments = try stretch("arguments")
            let isLast = try items.extend(.toolCall, at: index, with: arguments, errors)
            return isLast && !arguments.isEmpty ? [.toolArguments(arguments)] : []
        case "response.output_text.annotation.added":
            try items.cite(members["annotation"] ?? .null, at: index, errors)
            return []
        default: return []
        }
    }

    private mutating func takeHead(_ response: JSON) {
        id = response["id"]?.stringValue ?? id
        model = response["model"]?.stringValue ?? model
        serviceTier = response["service_tier"]?.stringValue ?? serviceTier
        status = response["status"]?.stringValue ?? status
    }

    private mutating func finish(_ response: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        takeHead(response)
        if let reported = response["usage"], !reported.isNull { usage = reported }
        incompleteReason = response["incomplete_details"]?["reason"]?.stringValue
        var events = try items.complete(with: response["output"], errors)
        if let error = response["error"], !error.isNull { throw errors.inStream(error, after: self.response.text) }
        guard status != "failed" else {
            throw errors.inStream(["message": "It did not say why", "code": "server_error"], after: self.response.text)
        }
        if refusal.isEmpty {
            refusal = Self.refusal(in: response["output"])
            if !refusal.isEmpty { events.append(.refusal(refusal)) }
        }
        isFinished = true
        return events
    }

    private static func refusal(in output: JSON?) -> String {
        (output?.arrayValue ?? []).flatMap { $0["content"]?.arrayValue ?? [] }
            .compactMap { $0["type"]?.stringValue == "refusal" ? $0["refusal"]?.stringValue : nil }.joined()
    }

    private func object(_ json: JSON?, in whole: JSON, _ errors: UpstreamErrors) throws -> JSON {
        guard let json, case .object = json else { throw errors.malformed(whole) }
        return json
    }

    /// The word `error` says nothing beside the code.
    private func withoutType(_ members: JSONObject) -> JSON {
        var members = members
        members["type"] = nil
        return .object(members)
    }
}
