internal import Core
internal import Engine
internal import Providers
internal import Secrets

extension Turn {
    /// What is kept of an answer.
    init(
        _ response: ModelResponse, of model: String, request: JSON, calls: [ToolRequest] = [],
        took duration: Duration
    ) {
        self.init(
            model: model, usage: response.usage ?? .zero, stopReason: response.stopReason.description,
            durationMilliseconds: Int64(duration / .milliseconds(1)), cost: response.reportedCost,
            price: response.reportedCost == nil ? nil : ["source": "provider"], request: request,
            response: response.json, calls: calls)
    }
}

extension AgentSession {
    /// What is kept of an answer, priced, and without secrets.
    func turn(
        _ response: ModelResponse, of model: String, request: JSON, calls: [ToolRequest] = [], took duration: Duration
    ) -> Turn {
        var turn = Turn(response, of: model, request: request, calls: calls, took: duration)
        pricing.price(&turn, response, at: .now)
        turn.request = redactor.redact(turn.request)
        turn.response = redactor.redact(turn.response)
        for place in turn.calls.indices {
            let call = turn.calls[place]
            turn.calls[place].arguments = redactor.redact(.object(call.arguments)).objectValue ?? [:]
            turn.calls[place].problem = call.problem.map { redactor.redact($0) }
            turn.calls[place].reason = call.reason.map { redactor.redact($0) }
            turn.calls[place].alternatives = call.alternatives.map { redactor.redact($0) }
        }
        return turn
    }
}

extension ModelResponse {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["text": .string(text), "parts": .array(parts.map(\.json))]
        object["reasoning"] = reasoning.map(JSON.string)
        object["refusal"] = refusal.map(JSON.string)
        object["model"] = responseModel.map(JSON.string)
        object["id"] = responseID.map(JSON.string)
        object["service_tier"] = serviceTier.map(JSON.string)
        object["usage"] = reportedUsage
        if usage == nil { object["tokens"] = "not reported" }
        if isUsageEstimated { object["estimated"] = true }
        if isScripted { object["scripted"] = true }
        if !headroom.isEmpty {
            object["headroom"] = .object(
                JSONObject(headroom.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        return .object(object)
    }
}

extension ModelRequest {
    /// How many searches of the web a budget has put something aside for; nil where none bounds them.
    var reservedSearches: JSON? { webSearchesMaximum.map { .int(Int64($0)) } }

    /// What beside the messages is asked for, as far as it is said.
    var parameters: JSON {
        var object = JSONObject()
        object["thinking"] = thinking.map { .string($0.rawValue) }
        object["temperature"] = temperature.map(JSON.double)
        object["max_output_tokens"] = outputTokensMaximum.map { .int(Int64($0)) }
        object["service_tier"] = serviceTier.map(JSON.string)
        object["cache"] = cacheLifetime.map { .string($0.rawValue) }
        if isWebSearchAllowed { object["web_search"] = true }
        object["web_searches_reserved"] = reservedSearches
        object["schema"] = schema
        return .object(object)
    }
}

extension ToolDeclaration {
    /// The form of the journal.
    var json: JSON {
        ["name": .string(name), "description": .string(summary), "parameters": parameters]
    }
}

extension ModelName {
    /// Whether a file answers, and no model.
    var isScript: Bool { provider == "script" }
}
