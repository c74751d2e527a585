internal import Core

/// The body of a request to Anthropic's Messages interface.
/// (https://platform.claude.com/docs/en/api/messages)
struct AnthropicRequest: Sendable {
    let request: ModelRequest
    let model: ClaudeModel
    private let messages: AnthropicMessages
    /// The version of the tool that searches the web.
    private let search: String
    /// How long the whole answer may be, where this request asks for the rest of one.
    let wholeMaximum: Int?

    /// A tool that stands for the final answer, for models that know no schemas.
    static let answerTool = "final_answer"

    /// - Parameter wholeMaximum: the bound of the first request for an answer, where this one goes on with it.
    init(
        _ request: ModelRequest, search: String = WebSearchSupport.anthropicVersions[0], wholeMaximum: Int? = nil
    ) throws {
        self.request = request
        self.search = search
        self.wholeMaximum = wholeMaximum
        model = ClaudeModel(request.model.model)
        messages = try AnthropicMessages(request.messages, of: request.model)
    }

    /// Whether the final answer comes as a call of `answerTool`.
    var asksForAnswerTool: Bool { request.schema != nil && !model.knowsSchemas }

    /// The JSON.
    /// - Parameters:
    ///   - paused: The answer so far, where the provider has paused in the middle of it.
    ///   - searches: How often it has searched the web so far.
    func body(continuing paused: [MessagePart] = [], searches: Int64 = 0) -> JSON {
        let thinking = self.thinking
        let searchesLeft = request.webSearchesMaximum.map { Int64($0) - searches }
        var body: JSONObject = [
            "model": .string(request.model.model), "max_tokens": .int(Int64(outputTokensMaximum)), "stream": true,
        ]
        let tools = tools(searches: searchesLeft)
        if !tools.isEmpty {
            body["tools"] = .array(tools)
            // Of a tool that the answer so far has used, the provider must be told all the same. Where there are others, these
            // must not be forbidden with it: then one search more can be made.
            let isSpent =
                request.isWebSearchAllowed && (searchesLeft ?? 1) < 1 && request.tools.isEmpty && !asksForAnswerTool
            body["tool_choice"] = isSpent ? ["type": "none"] : toolChoice(whileThinking: thinking.isOn)
        }
        if let system = request.system, !system.allSatisfy(\.isWhitespace) {
            body["system"] = [Self.marked(["type": "text", "text": .string(system)], cacheControl)]
        }
        body["messages"] = .array(messages.json(continuing: paused, cacheControl: cacheControl))
        body["thinking"] = thinking.json
        if !outputConfiguration.isEmpty { body["output_config"] = .object(outputConfiguration) }
        if let temperature = request.temperature, model.knowsTemperature, !thinking.isOn {
            // Others go up to 2.
            body["temperature"] = .double(min(temperature, 1))
        }
        body["service_tier"] = request.serviceTier.map(JSON.string)
        return .object(body)
    }

    /// The most tokens the answer may have, thinking included.
    var outputTokensMaximum: Int {
        max(1, min(request.outputTokensMaximum ?? .max, model.outputTokensMaximum))
    }

    private var outputConfiguration: JSONObject {
        var configuration: JSONObject = [:]
        configuration["effort"] = effort.map(JSON.string)
        if let schema = request.schema, model.knowsSchemas {
            configuration["format"] = ["type": "json_schema", "schema": AnthropicSchema.strict(schema)]
        }
        return configuration
    }

    /// What marks the end of a stretch that the provider is to keep in its cache; nil where nothing is to be kept.
    ///
    /// Writing to the cache costs more than plain input, and pays with the second request. A request without tools and
    /// without an answer before it is likely to be the only one, so it is kept only where a lifetime is asked for.
    private var cacheControl: JSON? {
        if request.cacheLifetime == .hour { return ["type": "ephemeral", "ttl": "1h"] }
        let goesOn = !request.tools.isEmpty || request.messages.contains { $0.role == .assistant }
        guard request.cacheLifetime != nil || goesOn else { return nil }
        return ["type": "ephemeral"]
    }

    /// A block that ends a stretch for the cache.
    static func marked(_ block: JSONObject, _ cacheControl: JSON?) -> JSON {
        var block = block
        block["cache_control"] = cacheControl
        return .object(block)
    }
}

extension AnthropicRequest {
    /// What may be called, the last of it marked for the cache.
    /// - Parameter searches: How often the web may be searched; nil for as often as the model likes.
    private func tools(searches: Int64?) -> [JSON] {
        var tools = request.tools.map { tool -> JSONObject in
            [
                "name": .string(tool.name), "description": .string(tool.summary),
                "input_schema": AnthropicSchema.ofArguments(tool.parameters),
            ]
        }
        // Calls in the conversation are refused where no tool is declared.
        if tools.isEmpty {
            tools = messages.toolNames.map { ["name": .string($0), "input_schema": AnthropicSchema.ofArguments([:])] }
        }
        if asksForAnswerTool, let schema = request.schema {
            tools.append([
                "name": .string(Self.answerTool),
                "description": "Gives the final answer. Call it once, at the end, instead of writing the answer.",
                "input_schema": AnthropicSchema.ofAnswer(schema),
            ])
        }
        if request.isWebSearchAllowed { tools.append(searchTool(uses: searches)) }
        return tools.enumerated().map { place, tool in
            place == tools.count - 1 ? Self.marked(tool, cacheControl) : .object(tool)
        }
    }

    private func searchTool(uses: Int64?) -> JSONObject {
        var tool: JSONObject = ["type": .string(search), "name": "web_search"]
        // Zero is refused.
        tool["max_uses"] = uses.map { .int(max(1, $0)) }
        // Newer versions may search from programs of the model; what those leave in an answer could not be handed back.
        if search != WebSearchSupport.anthropicVersions[0] { tool["allowed_callers"] = ["direct"] }
        return tool
    }

    /// Whether and what it must call. A model that thinks cannot be forced to: it is left the choice then.
    private func toolChoice(whileThinking isThinking: Bool) -> JSON {
        if asksForAnswerTool, request.toolChoice == .auto || request.toolChoice == .none {
            // Where other tools may be called first, the answer is one of them.
            let isOnly = request.tools.isEmpty && !request.isWebSearchAllowed || request.toolChoice == .none
            guard !isThinking else { return ["type": "auto"] }
            return isOnly ? ["type": "tool", "name": .string(Self.answerTool)] : ["type": "any"]
        }
        switch request.toolChoice {
        case .auto: return request.tools.isEmpty && !request.isWebSearchAllowed ? ["type": "none"] : ["type": "auto"]
        case .none: return ["type": "none"]
        case .required: return ["type": isThinking ? "auto" : "any"]
        case .tool(let name): return isThinking ? ["type": "auto"] : ["type": "tool", "name": .string(name)]
        }
    }
}
