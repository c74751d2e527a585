internal import Core
internal import HTTPServer

/// `POST /v1/messages` (https://docs.anthropic.com/en/api/messages).
struct MessagesDialect: Dialect {
    /// What the thinking of this server is signed with; another signature is refused, as a real one is.
    static let signature = "RmFrZVNpZ25hdHVyZQ=="

    func read(_ request: Request) throws -> FakeRequest {
        guard request.headers["anthropic-version"] != nil else {
            throw RequestMistake("anthropic-version: header is required")
        }
        let body: JSON
        do {
            body = try JSON(parsing: request.body)
        } catch {
            throw RequestMistake("The request body is not valid JSON: \(error.sentence)")
        }
        guard let model = body["model"]?.stringValue, !model.isEmpty else {
            throw RequestMistake("model: Field required")
        }
        var result = FakeRequest(model: model, body: body)
        if request.segments.last != "count_tokens" {
            guard let maximum = body["max_tokens"] else { throw RequestMistake("max_tokens: Field required") }
            guard let maximum = maximum.intValue else {
                throw RequestMistake("max_tokens: Input should be a valid integer")
            }
            guard maximum >= 1 else { throw RequestMistake("max_tokens: Input should be greater than or equal to 1") }
            let budget = body["thinking"]?["budget_tokens"]?.intValue ?? 0
            guard budget < maximum else {
                throw RequestMistake("`max_tokens` must be greater than `thinking.budget_tokens`.")
            }
        }
        if let temperature = body["temperature"]?.numberValue, !(0...1).contains(temperature) {
            throw RequestMistake("temperature: range: 0..1")
        }
        guard let messages = body["messages"]?.arrayValue else { throw RequestMistake("messages: Field required") }
        guard !messages.isEmpty else { throw RequestMistake("messages: at least one message is required") }
        result.system = try system(body["system"])
        result.messages = try conversation(messages)
        result.tools = try tools(body["tools"])
        result.isStreamed = body["stream"]?.boolValue ?? false
        result.schema = body["output_config"]?["format"]?["schema"] ?? body["output_format"]?["schema"]
        return result
    }

    private func system(_ value: JSON?) throws -> String {
        switch value {
        case nil, .null?: return ""
        case .string(let text)?: return text
        case .array(let blocks)?:
            return try blocks.enumerated().map { place, block in
                guard let text = block["text"]?.stringValue else {
                    throw RequestMistake("system.\(place).text: Field required")
                }
                guard !text.isEmpty else { throw RequestMistake("system: text content blocks must be non-empty") }
                return text
            }.joined(separator: "\n")
        case .some: throw RequestMistake("system: Input should be a valid list")
        }
    }

    private func tools(_ value: JSON?) throws -> [String] {
        try (value?.arrayValue ?? []).enumerated().compactMap { place, tool in
            // Tools of the provider's own have a type with a date.
            if let type = tool["type"]?.stringValue, type != "custom" { return nil }
            guard let name = tool["name"]?.stringValue else {
                throw RequestMistake("tools.\(place).custom.name: Field required")
            }
            guard (1...128).contains(name.utf8.count), name.utf8.allSatisfy(\.isNameByte) else {
                throw RequestMistake("tools.\(place).custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")
            }
            guard let schema = tool["input_schema"] else {
                throw RequestMistake("tools.\(place).custom.input_schema: Field required")
            }
            guard schema["type"]?.stringValue == "object" else {
                throw RequestMistake("tools.\(place).custom.input_schema.type: Input should be 'object'")
            }
            return name
        }
    }

    func error(_ mistake: RequestMistake, overrides: JSONObject?, _ identity: AnswerIdentity) -> JSON {
        let kind =
            switch mistake.status {
            case 401: "authentication_error"
            case 402: "billing_error"
            case 403: "permission_error"
            case 404: "not_found_error"
            case 413: "request_too_large"
            case 429: "rate_limit_error"
            case 504: "timeout_error"
            case 529: "overloaded_error"
            case 500...: "api_error"
            default: "invalid_request_error"
            }
        let object: JSONObject = ["type": .string(mistake.kind ?? kind), "message": .string(mistake.message)]
        return [
            "type": "error", "error": .object(object.overridden(by: overrides)),
            "request_id": .string(identity.id("req_")),
        ]
    }

    func headers(_ identity: AnswerIdentity) -> Headers {
        [
            "request-id": identity.id("req_"), "anthropic-organization-id": "fake",
            "anthropic-ratelimit-requests-limit": "10000", "anthropic-ratelimit-requests-remaining": "9999",
            "anthropic-ratelimit-tokens-limit": "10000000", "anthropic-ratelimit-tokens-remaining": "9999000",
        ]
    }

    func refusal(of request: Request, key: String) -> RequestMistake? {
        let bearer = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        guard let given = request.headers["x-api-key"] ?? bearer else {
            return RequestMistake("x-api-key header is required", status: 401)
        }
        return given == key ? nil : RequestMistake("invalid x-api-key", status: 401)
    }
}
