internal import Core

extension ModelRequest {
    /// The body of `POST /chat/completions` (https://platform.openai.com/docs/api-reference/chat/create).
    /// - Parameters:
    ///   - host: where it goes. OpenAI's newer models refuse the old name of the bound on tokens, the only one that other
    ///     servers know; OpenRouter says what it costs only when it is asked.
    ///   - concessions: what the server is known to refuse.
    func chatBody(host: String, concessions: Set<Concession> = []) -> JSON {
        var body: JSONObject = [
            "model": .string(model.model), "messages": .array(chatMessages(concessions)), "stream": true,
        ]
        if !concessions.contains(.noStreamOptions) { body["stream_options"] = ["include_usage": true] }
        let isNewName = (host == "api.openai.com") != concessions.contains(.otherBoundName)
        body[isNewName ? "max_completion_tokens" : "max_tokens"] = outputTokensMaximum.map { .int(Int64($0)) }
        body["temperature"] = temperature.map(JSON.double)
        if !concessions.contains(.noEffort) {
            body["reasoning_effort"] = thinking.flatMap(ReasoningEffort(model: model.model).word).map(JSON.string)
        }
        body["service_tier"] = serviceTier.map(JSON.string)
        if isWebSearchAllowed { body["web_search_options"] = [:] }
        if let schema, !isSchemaInPrompt(concessions) {
            let isStrict = StrictSchema.isStrict(schema) && !concessions.contains(.looseSchema)
            body["response_format"] = [
                "type": "json_schema",
                "json_schema": ["name": "answer", "strict": .bool(isStrict), "schema": schema],
            ]
        }
        if !tools.isEmpty {
            body["tools"] = .array(tools.map(\.chatJSON))
            body["tool_choice"] = chatToolChoice
        }
        if host == "openrouter.ai" { body["usage"] = ["include": true] }
        return .object(body)
    }

    /// The system prompt, with the schema in it where nothing else can ask for it.
    func systemText(_ concessions: Set<Concession>) -> String? {
        guard let schema, isSchemaInPrompt(concessions) else { return system }
        return [system, Concession.instruction(for: schema)].compactMap(\.self).joined(separator: "\n\n")
    }

    /// Schemas of anything but objects are refused by OpenAI in any mode.
    func isSchemaInPrompt(_ concessions: Set<Concession>) -> Bool {
        guard let schema else { return false }
        return concessions.contains(.schemaInPrompt) || !StrictSchema.isObject(schema)
    }

    private var chatToolChoice: JSON? {
        switch toolChoice {
        case .auto: nil
        case .required: "required"
        case .none: "none"
        case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }
}

extension ToolDeclaration {
    /// The parameters as OpenAI takes them: always the schema of an object.
    var objectParameters: JSON {
        guard case .object(var members) = parameters, StrictSchema.isObject(parameters) || members["type"] == nil else {
            return ["type": "object", "properties": [:]]
        }
        members["type"] = "object"
        if members["properties"] == nil { members["properties"] = [:] }
        return .object(members)
    }

    fileprivate var chatJSON: JSON {
        [
            "type": "function",
            "function": [
                "name": .string(name), "description": .string(summary), "parameters": objectParameters,
            ],
        ]
    }
}
