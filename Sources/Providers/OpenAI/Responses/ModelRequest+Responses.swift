internal import Core

extension ModelRequest {
    /// The body of `POST /responses` (https://platform.openai.com/docs/api-reference/responses/create).
    /// - Parameter concessions: What the server is known to refuse.
    func responsesBody(_ concessions: Set<Concession> = []) -> JSON {
        var body: JSONObject = [
            "model": .string(model.model), "input": .array(messages.flatMap(responseItems)), "stream": true,
            "store": false,
        ]
        body["instructions"] = systemText(concessions).map(JSON.string)
        body["max_output_tokens"] = outputTokensMaximum.map { .int(Int64($0)) }
        body["temperature"] = temperature.map(JSON.double)
        body["service_tier"] = serviceTier.map(JSON.string)
        addThinking(to: &body, concessions)
        if let schema, !isSchemaInPrompt(concessions) {
            let isStrict = StrictSchema.isStrict(schema) && !concessions.contains(.looseSchema)
            body["text"] = [
                "format": ["type": "json_schema", "name": "answer", "strict": .bool(isStrict), "schema": schema]
            ]
        }
        let tools = tools.map(\.responsesJSON) + (isWebSearchAllowed ? [["type": "web_search"]] : [])
        if !tools.isEmpty {
            body["tools"] = .array(tools)
            body["tool_choice"] = responsesToolChoice
            // Of the provider's own tools there is none but the search; calls of others do not count.
            if isWebSearchAllowed { body["max_tool_calls"] = webSearchesMaximum.map { .int(Int64($0)) } }
        }
        return .object(body)
    }

    /// What of the model's thinking is asked for, and what else is to be told.
    private func addThinking(to body: inout JSONObject, _ concessions: Set<Concession>) {
        let effort = ReasoningEffort(model: model.model)
        var include: [JSON] = []
        if effort.isReasoning, !concessions.contains(.noEncryptedThinking) {
            include.append("reasoning.encrypted_content")
        }
        if isWebSearchAllowed { include.append("web_search_call.action.sources") }
        if !include.isEmpty { body["include"] = .array(include) }
        var reasoning: JSONObject = [:]
        if effort.isReasoning {
            if !concessions.contains(.noEffort) {
                reasoning["effort"] = thinking.flatMap(effort.word).map(JSON.string)
            }
            if !concessions.contains(.noSummary), thinking != .off { reasoning["summary"] = "auto" }
        }
        if !reasoning.isEmpty { body["reasoning"] = .object(reasoning) }
    }

    private var responsesToolChoice: JSON? {
        switch toolChoice {
        case .auto: nil
        case .required: "required"
        case .none: "none"
        case .tool(let name): ["type": "function", "name": .string(name)]
        }
    }
}

extension ToolDeclaration {
    /// Strict is what this interface takes for granted, and refuses schemas that are not.
    fileprivate var responsesJSON: JSON {
        let parameters = objectParameters
        return [
            "type": "function", "name": .string(name), "description": .string(summary), "parameters": parameters,
            "strict": .bool(StrictSchema.isStrict(parameters)),
        ]
    }
}
