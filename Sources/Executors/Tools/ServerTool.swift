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
    /// As the server says, where the settings trust what it says of itself. It is told the same key for each try of a
    /// call, and a plan can say otherwise.
    let isRepeatable: Bool

    /// - Parameter isTrusted: whether what the server says of its tools counts.
    init(_ tool: MCPTool, servers: ToolServers, isTrusted: Bool) {
        self.tool = tool
        self.servers = servers
        declaration = ToolDeclaration(
            name: ToolGrant.name(of: tool.name, on: tool.server),
            summary: tool.summary ?? tool.title ?? tool.name, parameters: tool.inputSchema)
        let isHarmless = tool.annotations.readOnlyHint == true || tool.annotations.idempotentHint == true
        isRepeatable = isTrusted && isHarmless
    }

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let connections = try await servers.connections(to: tool.server)
        let notes = ProgressNotes()
        let reply: MCPCallResult
        do {
            reply = try await connections.call(
                server: tool.server, tool: tool.name, arguments: arguments, idempotencyKey: context.idempotencyKey,
                answers: try context.answers.flatMap { try MCPAnswers(answered: $0) },
                onProgress: {
                    notes.note($0)
                    context.live?.note(progress: $0.words)
                })
        } catch let error as SignalboxError where error.code == .upstream {
            var told = error
            told.message += notes.ending
            throw told
        }
        switch reply {
        case .complete(let result): return output(of: result, notes)
        case .inputRequired(let input): return ToolOutput(asking: input, source: source)
        }
    }

    private var source: String { "MCP server \(tool.server)" }

    private func output(of result: MCPToolResult, _ notes: ProgressNotes) -> ToolOutput {
        var parts = result.content.map(\.part)
        if parts.isEmpty, let value = result.structuredContent { parts = [.text(value.text)] }
        var trace = result.isError ? result.json.objectValue ?? [:] : [:]
        trace["progress"] = notes.json
        return ToolOutput(
            parts, isError: result.isError, value: result.structuredContent,
            trace: trace.isEmpty ? nil : .object(trace), isFromNetwork: true, source: source)
    }
}

extension ToolOutput {
    /// What a person must answer before the server goes on.
    init(asking input: MCPInputRequired, source: String) {
        self.init(
            [.text("The server asks a person before it goes on: \(input.title)")], isError: true,
            isFromNetwork: true, source: source)
        question = ToolQuestion(title: input.title, form: input.form, continuation: input.json)
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
    init?(answered json: JSON) throws {
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
