internal import Core

/// The body of a request to Gemini's `generateContent`.
/// (https://ai.google.dev/api/generate-content)
struct GeminiRequest: Sendable {
    private let request: ModelRequest
    private let model: GeminiModel
    private let contents: GeminiContents

    /// The JSON. Keeping the prompt in a cache is Gemini's own affair, which a request does not ask for.
    /// - Throws: `SignalboxError` with code `invalid_input` for what the model cannot be asked.
    static func body(_ request: ModelRequest) throws -> JSON { try GeminiRequest(request).body }

    private init(_ request: ModelRequest) throws {
        self.request = request
        model = GeminiModel(request.model.model)
        contents = try GeminiContents(request.messages, of: request.model)
        guard !request.isWebSearchAllowed || request.tools.isEmpty || model.combinesTools else {
            throw SignalboxError(
                .invalidInput, "The model \(request.model) cannot search the web and call tools in one request.",
                hint: "Use a model from Gemini 3 on, or leave one of the two out.")
        }
    }

    private var body: JSON {
        var body: JSONObject = [:]
        if let system { body["systemInstruction"] = ["parts": [["text": .string(system)]]] }
        body["contents"] = .array(contents.json)
        if !tools.isEmpty {
            body["tools"] = .array(tools)
            body["toolConfig"] = toolConfiguration
        }
        if !generation.isEmpty { body["generationConfig"] = .object(generation) }
        body["serviceTier"] = request.serviceTier.map(JSON.string)
        return .object(body)
    }

    /// Whether a schema can be demanded; older models do not take one beside tools, and are asked for it in words.
    private var demandsSchema: Bool {
        model.combinesTools || (request.tools.isEmpty && !request.isWebSearchAllowed)
    }

    /// Whether the answer must be a call, which leaves no place for one that fits a schema.
    private var isCallForced: Bool {
        switch request.toolChoice {
        case .required, .tool: !request.tools.isEmpty
        case .auto, .none: false
        }
    }

    private var system: String? {
        var parts = [request.system].compactMap(\.self).filter { !$0.allSatisfy(\.isWhitespace) }
        if let schema = request.schema, !demandsSchema {
            parts.append(
                "Your final answer must be JSON and nothing else, and fit this JSON Schema:\n\(schema.text)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    private var tools: [JSON] {
        var tools: [JSON] = []
        let declarations = request.tools.map { tool -> JSON in
            var declaration: JSONObject = [
                "name": .string(GeminiToolName.sent(tool.name)), "description": .string(tool.summary),
            ]
            // An object without members is what the absence of a schema means.
            if tool.parameters["properties"]?.objectValue?.isEmpty == false {
                declaration["parametersJsonSchema"] = GeminiSchema.supported(tool.parameters)
            }
            return .object(declaration)
        }
        if !declarations.isEmpty { tools.append(["functionDeclarations": .array(declarations)]) }
        if request.isWebSearchAllowed { tools.append(["googleSearch": [:]]) }
        return tools
    }

    private var toolConfiguration: JSON? {
        var configuration: JSONObject = [:]
        if !request.tools.isEmpty {
            configuration["functionCallingConfig"] =
                switch request.toolChoice {
                case .auto: ["mode": "AUTO"]
                case .none: ["mode": "NONE"]
                case .required: ["mode": "ANY"]
                case .tool(let name):
                    ["mode": "ANY", "allowedFunctionNames": [.string(GeminiToolName.sent(name))]]
                }
            // Searches between calls of tools must come back with the conversation, so they have to be shown.
            if request.isWebSearchAllowed { configuration["includeServerSideToolInvocations"] = true }
        }
        guard !configuration.isEmpty else { return nil }
        return .object(configuration)
    }

    private var generation: JSONObject {
        var generation: JSONObject = [:]
        generation["temperature"] = request.temperature.map(JSON.double)
        generation["maxOutputTokens"] = request.outputTokensMaximum.map { .int(Int64($0)) }
        if let schema = request.schema, demandsSchema, !isCallForced {
            generation["responseMimeType"] = "application/json"
            generation["responseJsonSchema"] = GeminiSchema.supported(schema)
        }
        generation["thinkingConfig"] = thinking
        return generation
    }
}

extension GeminiRequest {
    /// How much the model is to think, in its own word or number, and whether it shows it; nil leaves it to the model.
    private var thinking: JSON? {
        switch (model.thinking, request.thinking) {
        case (.none, _): return nil
        case (_, nil): return ["includeThoughts": true]
        case (.level, let level?):
            let word =
                switch level {
                case .off, .minimal: model.lowestLevel
                case .low: "low"
                case .medium: model.mediumLevel
                case .high: "high"
                }
            return ["includeThoughts": level == .off ? false : true, "thinkingLevel": .string(word)]
        case (.budget, let level?):
            let wanted =
                switch level {
                case .off: 0
                case .minimal: 512
                case .low: 2_048
                case .medium: 8_192
                case .high: 24_576
                }
            let (range, canBeOff) = model.budgets
            guard wanted > 0 || !canBeOff else { return ["thinkingBudget": 0] }
            let budget = min(max(wanted, range.lowerBound), range.upperBound)
            return ["includeThoughts": wanted > 0 ? true : false, "thinkingBudget": .int(Int64(budget))]
        }
    }
}
