internal import Core
internal import Engine
internal import MCP
internal import Plans
internal import Providers

/// A tool of an MCP server.
struct ServerTool: Tool {
    private let tool: MCPTool
    private let servers: ToolServers

    let declaration: ToolDeclaration
    /// As the server says. It is told the same key for each try of a call, and a plan can say otherwise.
    let isRepeatable: Bool

    init(_ tool: MCPTool, servers: ToolServers) {
        self.tool = tool
        self.servers = servers
        declaration = ToolDeclaration(
            name: ToolGrant.name(of: tool.name, on: tool.server),
            summary: tool.summary ?? tool.title ?? tool.name, parameters: tool.inputSchema)
        isRepeatable = tool.annotations.readOnlyHint == true || tool.annotations.idempotentHint == true
    }

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let connections = try await servers.connections(to: tool.server)
        let reply = try await connections.call(
            server: tool.server, tool: tool.name, arguments: arguments, idempotencyKey: context.idempotencyKey,
            answers: try context.answers.flatMap { try MCPAnswers(answered: $0) })
        let source = "MCP server \(tool.server)"
        switch reply {
        case .complete(let result):
            var output = ToolOutput(
                parts(of: result), isError: result.isError, value: result.structuredContent, isFromNetwork: true,
                source: source)
            if result.isError { output.trace = result.json }
            return output
        case .inputRequired(let input):
            var output = ToolOutput(
                [.text("The server asks a person before it goes on: \(input.title)")], isError: true,
                isFromNetwork: true, source: source)
            output.question = ToolQuestion(title: input.title, form: input.form, continuation: input.json)
            return output
        }
    }

    private func parts(of result: MCPToolResult) -> [MessagePart] {
        var parts = result.content.map { part(of: $0) }
        if parts.isEmpty, let value = result.structuredContent { parts = [.text(value.text)] }
        return parts
    }

    private func part(of content: MCPContent) -> MessagePart {
        switch content {
        case .text(let text): return .text(text)
        case .image(let data, let type):
            guard let bytes = Base64.decode(data) else { return .text("[a picture that cannot be read]") }
            return .file(
                AttachedFile(name: "picture", mediaType: type, hash: ContentHash(of: bytes), bytes: bytes))
        case .audio(_, let type): return .text("[a sound of the type \(type), which models are not given]")
        case .resource, .resourceLink: return .text(content.json.text)
        }
    }
}

extension MCPInputRequired {
    /// All questions in a line.
    fileprivate var title: String {
        questions.map { question in
            if case .visit(let url) = question.kind { "\(question.message) (at \(url))" } else { question.message }
        }.joined(separator: " · ")
    }

    /// One form for all questions; nil when nothing is filled in. A single question's own schema is the form; several have a
    /// member each.
    fileprivate var form: JSON? {
        let forms = questions.compactMap { question -> (String, JSON)? in
            if case .form(let schema) = question.kind { (question.key, schema) } else { nil }
        }
        guard forms.count > 1 else { return forms.first?.1 }
        return [
            "type": "object", "required": .array(forms.map { .string($0.0) }), "properties": .object(JSONObject(forms)),
        ]
    }
}

extension MCPAnswers {
    /// Reads what the journal has of an answer; nil when the question cannot be read any more.
    fileprivate init?(answered json: JSON) throws {
        guard let input = json["continuation"].flatMap(MCPInputRequired.init) else { return nil }
        let values = json["values"]?.objectValue ?? [:]
        let isAccepted = json["accepted"]?.boolValue == true
        let isSingle = input.questions.count == 1
        let answers = input.questions.map { question -> (String, MCPAnswer) in
            guard isAccepted else { return (question.key, .decline) }
            return (question.key, .accept(isSingle ? values : values[question.key]?.objectValue ?? [:]))
        }
        try self.init(Dictionary(answers, uniquingKeysWith: { first, _ in first }), to: input)
    }
}
