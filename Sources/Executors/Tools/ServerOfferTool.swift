internal import Core
internal import MCP
internal import Plans
internal import Providers

/// Lists or reads what an MCP server offers beside its tools. What comes is the server's text: a model is given it as data.
struct ServerOfferTool: Tool {
    let offer: ServerOffer
    let server: String
    let servers: ToolServers

    var declaration: ToolDeclaration { offer.declaration(of: server) }
    /// Reading changes nothing, by the protocol.
    let isRepeatable = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let connections = try await servers.connections(to: server)
        let given = ToolArguments(arguments)
        let answers = try context.answers.flatMap { try MCPAnswers(answered: $0) }
        switch offer {
        case .listResources:
            let resources = try await connections.resources(of: server).map(\.entry)
            let templates = try await connections.resourceTemplates(of: server).map(\.entry)
            return list(resources + templates, called: "resources", from: try given.integer("offset", in: 1 ... .max))
        case .listPrompts:
            let prompts = try await connections.prompts(of: server).map(\.entry)
            return list(prompts, called: "prompts", from: try given.integer("offset", in: 1 ... .max))
        case .readResource:
            let uri = try given.text("uri")
            return output(
                of: try await connections.readResource(server: server, uri: uri, answers: answers), as: read)
        case .getPrompt:
            let values = Dictionary(
                try given.namedTexts("arguments").map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
            return output(
                of: try await connections.getPrompt(
                    server: server, name: try given.text("name"), arguments: values, answers: answers), as: prompt)
        }
    }

    private func list(_ entries: [JSON], called what: String, from offset: Int?) -> ToolOutput {
        let first = min((offset ?? 1) - 1, entries.count)
        let shown = entries[first...].prefix(ServerOffer.entriesMaximum)
        let rest = entries.count - first - shown.count
        var lines = shown.map(\.text)
        if lines.isEmpty { lines = ["There are no \(offset == nil ? "" : "more ")\(what)."] }
        if rest > 0 { lines.append("[\(rest) more: ask with offset \(first + shown.count + 1).]") }
        return text(
            lines.joined(separator: "\n"), value: [what: .array(Array(shown)), "total": .int(Int64(entries.count))])
    }

    private func read(_ contents: [MCPResourceContents]) -> ToolOutput {
        // Of several it must be seen which is which.
        let parts = contents.flatMap { piece -> [MessagePart] in
            contents.count > 1 ? [.text("\(piece.uri):"), piece.part] : [piece.part]
        }
        return ToolOutput(
            parts, value: ["contents": .array(contents.map(\.json))], isFromNetwork: true, source: source)
    }

    private func prompt(_ prompt: MCPPromptText) -> ToolOutput {
        let messages = prompt.messages.map { message -> JSON in
            ["role": .string(message.role.rawValue), "content": message.content.json]
        }
        let parts = prompt.messages.flatMap { message -> [MessagePart] in
            [.text("\(message.role.rawValue):"), message.content.part]
        }
        return ToolOutput(parts, value: ["messages": .array(messages)], isFromNetwork: true, source: source)
    }

    private func output<Value: Sendable>(of reply: MCPReply<Value>, as made: (Value) -> ToolOutput) -> ToolOutput {
        switch reply {
        case .complete(let value): made(value)
        case .inputRequired(let input): ToolOutput(asking: input, source: source)
        }
    }

    private func text(_ text: String, value: JSON) -> ToolOutput {
        let shown = ToolText.beginning(of: Array(text.utf8), maximum: Limits.toolTextBytesMaximum)
        return ToolOutput([.text(shown)], value: value, isFromNetwork: true, source: source)
    }

    private var source: String { "MCP server \(server)" }
}
