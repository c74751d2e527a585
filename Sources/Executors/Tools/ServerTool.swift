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
            server: tool.server, tool: tool.name, arguments: arguments, idempotencyKey: context.idempotencyKey)
        let source = "MCP server \(tool.server)"
        switch reply {
        case .complete(let result):
            return ToolOutput(
                parts(of: result), isError: result.isError, value: result.structuredContent,
                trace: result.isError ? result.json : nil, isFromNetwork: true, source: source)
        case .inputRequired(let input):
            let questions = JSON.array(input.questions.map { .string($0.message) })
            return ToolOutput(
                [.text("The server asks before it goes on, and was not answered: \(questions.text)")],
                isError: true, trace: input.json, isFromNetwork: true, source: source)
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
