internal import Core
internal import HTTPServer

/// `POST /v1/responses` (https://platform.openai.com/docs/api-reference/responses). Nothing is stored: a request must
/// bring its whole conversation.
struct ResponsesDialect: OpenAIDialect {
    private static let roles = ["assistant", "system", "developer", "user"]

    func read(_ request: Request) throws -> FakeRequest {
        let (body, model) = try object(of: request)
        var result = FakeRequest(model: model, body: body)
        if let id = body["previous_response_id"]?.stringValue {
            throw RequestMistake(
                "Previous response with id '\(id)' not found.", parameter: "previous_response_id",
                code: "previous_response_not_found")
        }
        result.system = body["instructions"]?.stringValue ?? ""
        switch body["input"] {
        case .string(let text)?: result.messages = [FakeMessage(role: .user, text: text)]
        case .array(let items)?: try take(items, into: &result)
        case nil, .null?: throw missing("input")
        case let other?: throw wrongType("input", "one of a string or array of input items", other)
        }
        for (place, tool) in (body["tools"]?.arrayValue ?? []).enumerated() {
            let path = "tools[\(place)]"
            guard let type = tool["type"]?.stringValue else { throw missing("\(path).type") }
            guard type == "function" else { continue }
            let name = try checkedName(tool["name"], "\(path).name")
            try checkParameters(tool["parameters"], of: name, "\(path).parameters")
            result.tools.append(name)
        }
        result.isStreamed = body["stream"]?.boolValue ?? false
        let format = body["text"]?["format"]
        if format?["type"]?.stringValue == "json_schema" {
            guard let schema = format?["schema"] else { throw missing("text.format.schema") }
            guard format?["name"]?.stringValue != nil else { throw missing("text.format.name") }
            result.schema = schema
        }
        return result
    }

    private func take(_ items: [JSON], into request: inout FakeRequest) throws {
        var called: [String] = []
        var open: [String] = []
        for (place, item) in items.enumerated() {
            let path = "input[\(place)]"
            guard item.objectValue != nil else { throw wrongType(path, "an object", item) }
            switch item["type"]?.stringValue ?? "message" {
            case "message": try takeMessage(item, at: path, into: &request)
            case "function_call":
                guard let id = item["call_id"]?.stringValue else { throw missing("\(path).call_id") }
                guard item["arguments"]?.stringValue != nil else { throw missing("\(path).arguments") }
                let name = try checkedName(item["name"], "\(path).name")
                called.append(id)
                open.append(id)
                request.messages.extend(.assistant) { $0.toolCalls.append(name) }
            case "function_call_output":
                guard let id = item["call_id"]?.stringValue else { throw missing("\(path).call_id") }
                guard let output = item["output"] else { throw missing("\(path).output") }
                guard called.contains(id) else {
                    throw RequestMistake(
                        "No tool call found for function call output with call_id \(id).", parameter: "input")
                }
                open.removeAll { $0 == id }
                let text = try text(of: output, at: "\(path).output")
                request.messages.extend(.user) {
                    $0.results.append(text)
                    $0.text = text
                }
            case "reasoning":
                let next = place + 1 < items.count ? items[place + 1] : .null
                let isFollowed = next["type"]?.stringValue == "function_call" || next["role"] == "assistant"
                guard isFollowed || next["type"]?.stringValue == "reasoning" else {
                    throw RequestMistake(
                        "Item '\(item["id"]?.stringValue ?? "")' of type 'reasoning' was provided without its required "
                            + "following item.", parameter: "input")
                }
                request.messages.extend(.assistant) { _ in }
            case "item_reference":
                let id = item["id"]?.stringValue ?? ""
                throw RequestMistake("Item with id '\(id)' not found.", status: 404, parameter: "input")
            // Searches and other calls of the provider's own tools, handed back.
            default: request.messages.extend(.assistant) { _ in }
            }
        }
        guard let unanswered = open.first else { return }
        throw RequestMistake("No tool output found for function call \(unanswered).", parameter: "input")
    }

    private func takeMessage(_ item: JSON, at path: String, into request: inout FakeRequest) throws {
        guard let role = item["role"]?.stringValue else { throw missing("\(path).role") }
        guard Self.roles.contains(role) else { throw wrongValue("\(path).role", role, Self.roles) }
        guard let content = item["content"] else { throw missing("\(path).content") }
        let text = try text(of: content, at: "\(path).content")
        switch role {
        case "system", "developer": request.system += (request.system.isEmpty ? "" : "\n") + text
        case "assistant": request.messages.extend(.assistant) { $0.text += text }
        default: request.messages.append(FakeMessage(role: .user, text: text))
        }
    }

    private func text(of content: JSON, at path: String) throws -> String {
        switch content {
        case .string(let text): return text
        case .array(let parts):
            return try parts.enumerated().map { place, part in
                let types = ["input_text", "input_image", "input_file", "output_text", "refusal"]
                guard let type = part["type"]?.stringValue else { throw missing("\(path)[\(place)].type") }
                guard types.contains(type) else { throw wrongValue("\(path)[\(place)].type", type, types) }
                return part["text"]?.stringValue ?? part["refusal"]?.stringValue ?? ""
            }.joined()
        default: throw wrongType(path, "one of an array of objects or string", content)
        }
    }
}
