internal import Core
internal import HTTPServer

/// `POST /v1/chat/completions` (https://platform.openai.com/docs/api-reference/chat).
struct ChatCompletionsDialect: OpenAIDialect {
    private static let roles = ["system", "assistant", "user", "function", "tool", "developer"]

    func read(_ request: Request) throws -> FakeRequest {
        let (body, model) = try object(of: request)
        var result = FakeRequest(model: model, body: body)
        guard let messages = body["messages"] else { throw missing("messages") }
        guard let elements = messages.arrayValue else { throw wrongType("messages", "an array of objects", messages) }
        guard !elements.isEmpty else {
            throw RequestMistake(
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array "
                    + "instead.", parameter: "messages", code: "empty_array")
        }
        var open: [(id: String, name: String)] = []
        for (place, element) in elements.enumerated() {
            try take(element, at: "messages[\(place)]", into: &result, open: &open)
        }
        guard open.isEmpty else { throw unanswered(open.map(\.id)) }
        for (place, tool) in (body["tools"]?.arrayValue ?? []).enumerated() {
            let path = "tools[\(place)]"
            guard let type = tool["type"]?.stringValue else { throw missing("\(path).type") }
            guard type == "function" else { continue }
            guard let function = tool["function"] else { throw missing("\(path).function") }
            let name = try checkedName(function["name"], "\(path).function.name")
            try checkParameters(function["parameters"], of: name, "\(path).function.parameters")
            result.tools.append(name)
        }
        result.isStreamed = body["stream"]?.boolValue ?? false
        let format = body["response_format"]
        if format?["type"]?.stringValue == "json_schema" {
            guard let schema = format?["json_schema"]?["schema"] else { throw missing("response_format.json_schema") }
            result.schema = schema
        }
        return result
    }

    private func take(
        _ message: JSON, at path: String, into request: inout FakeRequest, open: inout [(id: String, name: String)]
    ) throws {
        guard message.objectValue != nil else { throw wrongType(path, "an object", message) }
        guard let role = message["role"] else { throw missing("\(path).role") }
        guard let role = role.stringValue else { throw wrongType("\(path).role", "a string", role) }
        guard Self.roles.contains(role) else { throw wrongValue("\(path).role", role, Self.roles) }
        if role != "tool", !open.isEmpty { throw unanswered(open.map(\.id)) }
        let text = try text(of: message["content"], at: "\(path).content", isOptional: role == "assistant")
        switch role {
        case "system", "developer": request.system += (request.system.isEmpty ? "" : "\n") + text
        case "assistant":
            var answer = FakeMessage(role: .assistant, text: text)
            for (place, call) in (message["tool_calls"]?.arrayValue ?? []).enumerated() {
                let path = "\(path).tool_calls[\(place)]"
                guard let id = call["id"]?.stringValue else { throw missing("\(path).id") }
                guard let function = call["function"] else { throw missing("\(path).function") }
                guard let arguments = function["arguments"] else { throw missing("\(path).function.arguments") }
                guard arguments.stringValue != nil else {
                    throw wrongType("\(path).function.arguments", "a string", arguments)
                }
                let name = try checkedName(function["name"], "\(path).function.name")
                answer.toolCalls.append(name)
                open.append((id, name))
            }
            request.messages.append(answer)
        case "tool", "function":
            guard role == "function" || message["tool_call_id"] != nil else { throw missing("\(path).tool_call_id") }
            let id = message["tool_call_id"]?.stringValue
            guard let place = open.firstIndex(where: { $0.id == id }) else {
                throw RequestMistake(
                    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with "
                        + "'tool_calls'.", parameter: "\(path).role")
            }
            open.remove(at: place)
            request.messages.extend(.user) {
                $0.results.append(text)
                $0.text = text
            }
        default: request.messages.append(FakeMessage(role: .user, text: text))
        }
    }

    private func unanswered(_ ids: [String]) -> RequestMistake {
        RequestMistake(
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                + "'tool_call_id'. The following tool_call_ids did not have response messages: "
                + ids.joined(separator: ", "), parameter: "messages")
    }

    private func text(of content: JSON?, at path: String, isOptional: Bool) throws -> String {
        switch content {
        case .string(let text)?: return text
        case .array(let parts)?:
            return try parts.enumerated().map { place, part in
                guard let type = part["type"]?.stringValue else { throw missing("\(path)[\(place)].type") }
                switch type {
                case "text": return part["text"]?.stringValue ?? ""
                case "refusal": return part["refusal"]?.stringValue ?? ""
                case "image_url", "input_audio", "file": return ""
                default:
                    throw wrongValue(
                        "\(path)[\(place)].type", type, ["text", "image_url", "input_audio", "refusal", "file"])
                }
            }.joined()
        case nil, .null?:
            guard isOptional else {
                throw RequestMistake("Invalid value for 'content': expected a string, got null.", parameter: path)
            }
            return ""
        case let other?: throw wrongType(path, "one of a string or array of objects", other)
        }
    }
}
