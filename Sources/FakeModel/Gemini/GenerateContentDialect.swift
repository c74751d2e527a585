internal import Core
internal import HTTPServer

/// `POST /v1beta/models/{model}:generateContent` and `:streamGenerateContent`
/// (https://ai.google.dev/api/generate-content).
struct GenerateContentDialect: Dialect {
    /// What this server's thoughts are signed with.
    static let signature = "RmFrZVNpZ25hdHVyZQ=="

    func read(_ request: Request) throws -> FakeRequest {
        let body: JSON
        do {
            body = try JSON(parsing: request.body)
        } catch {
            throw RequestMistake("Invalid JSON payload received. \(error.sentence)")
        }
        let target = request.segments.dropFirst(2).joined(separator: "/")
        var result = FakeRequest(model: String(target.prefix { $0 != ":" }), body: body)
        result.isStreamed = target.hasSuffix(":streamGenerateContent")
        result.isEventStream = request.query["alt"] == "sse"
        guard let contents = body["contents"]?.arrayValue, !contents.isEmpty else {
            throw RequestMistake("* GenerateContentRequest.contents: contents is not specified\n")
        }
        let system = body["systemInstruction"] ?? body["system_instruction"]
        result.system = (system?["parts"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined(
            separator: "\n")
        result.messages = try conversation(contents)
        for (place, tool) in (body["tools"]?.arrayValue ?? []).enumerated() {
            let functions = tool["functionDeclarations"] ?? tool["function_declarations"]
            for (index, function) in (functions?.arrayValue ?? []).enumerated() {
                result.tools.append(
                    try name(
                        function["name"],
                        at: "GenerateContentRequest.tools[\(place)].function_declarations[\(index)].name"))
            }
        }
        let configuration = body["generationConfig"] ?? body["generation_config"]
        result.schema = configuration?["responseJsonSchema"] ?? configuration?["responseSchema"]
        return result
    }

    private func conversation(_ contents: [JSON]) throws -> [FakeMessage] {
        var conversation: [FakeMessage] = []
        var calls = 0
        for content in contents {
            let word = content["role"]?.stringValue ?? "user"
            guard ["user", "model", "function"].contains(word) else {
                throw RequestMistake("Please use a valid role: user, model.")
            }
            let role: FakeMessage.Role = word == "model" ? .assistant : .user
            guard let parts = content["parts"]?.arrayValue, !parts.isEmpty else {
                throw RequestMistake("* GenerateContentRequest.contents.parts: contents.parts must not be empty.\n")
            }
            let answered = parts.count { ($0["functionResponse"] ?? $0["function_response"]) != nil }
            guard answered == calls else {
                throw RequestMistake(
                    "Please ensure that the number of function response parts is equal to the number of function call "
                        + "parts of the function call turn.")
            }
            calls = 0
            var message = FakeMessage(role: role)
            for part in parts {
                if let call = part["functionCall"] ?? part["function_call"] {
                    calls += 1
                    message.toolCalls.append(try name(call["name"], at: "function_call.name"))
                } else if let response = part["functionResponse"] ?? part["function_response"] {
                    _ = try name(response["name"], at: "function_response.name")
                    let value = response["response"] ?? .null
                    guard value.objectValue != nil else {
                        throw RequestMistake(
                            "Invalid value at 'contents.parts.function_response.response' (type.googleapis.com/"
                                + "google.protobuf.Struct)")
                    }
                    let text = (value["result"] ?? value["output"])?.stringValue ?? value.text
                    message.results.append(text)
                    message.text = text
                } else if part["thought"]?.boolValue != true, let text = part["text"]?.stringValue {
                    message.text += text
                }
            }
            conversation.append(message)
        }
        guard calls == 0 else {
            throw RequestMistake(
                "Please ensure that function call turn comes immediately before a function response turn.")
        }
        return conversation
    }

    /// The name of a function that may be called.
    private func name(_ value: JSON?, at path: String) throws -> String {
        guard let name = value?.stringValue, let first = name.utf8.first else {
            throw RequestMistake("* \(path): [FIELD_INVALID] Name cannot be empty.\n")
        }
        let isValid =
            name.utf8.count <= 64 && !(0x30...0x39).contains(first) && first != UInt8(ascii: "-")
            && name.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        guard isValid else {
            throw RequestMistake(
                "* \(path): [FIELD_INVALID] Invalid function name. Must start with a letter or an underscore. Must be "
                    + "alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum "
                    + "length of 64.\n")
        }
        return name
    }

    func error(_ mistake: RequestMistake, overrides: JSONObject?, _ identity: AnswerIdentity) -> JSON {
        let kind =
            switch mistake.status {
            case 401: "UNAUTHENTICATED"
            case 403: "PERMISSION_DENIED"
            case 404: "NOT_FOUND"
            case 429: "RESOURCE_EXHAUSTED"
            case 503, 529: "UNAVAILABLE"
            case 504: "DEADLINE_EXCEEDED"
            case 500...: "INTERNAL"
            default: "INVALID_ARGUMENT"
            }
        let object: JSONObject = [
            "code": .int(Int64(mistake.status)), "message": .string(mistake.message),
            "status": .string(mistake.kind ?? kind),
        ]
        return ["error": .object(object.overridden(by: overrides))]
    }

    func headers(_ identity: AnswerIdentity) -> Headers { ["server-timing": "gfet4t7; dur=1"] }

    func refusal(of request: Request, key: String) -> RequestMistake? {
        guard let given = request.headers["x-goog-api-key"] ?? request.query["key"] else {
            return RequestMistake(
                "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or "
                    + "other form of API consumer identity to call this API.", status: 403)
        }
        return given == key ? nil : RequestMistake("API key not valid. Please pass a valid API key.")
    }
}
