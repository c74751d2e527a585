internal import Core
internal import Plans

/// A tool as it is called: what it says of itself, and what follows from that.
struct KnownTool: Sendable {
    let tool: MCPTool
    let headers: ParameterHeaders

    /// - Throws: `Fault` when the tool must not be used.
    init(_ json: JSON, server: String) throws {
        tool = try MCPTool(json, server: server)
        headers = try ParameterHeaders(inputSchema: tool.inputSchema)
    }

    /// Holds the result against what the tool promises. Takes a thread of its own: a schema may be deep and its check long.
    /// - Throws: `Fault` when it is something else.
    func check(_ result: MCPToolResult) async throws {
        guard let outputSchema = tool.outputSchema, !result.isError else { return }
        guard let value = result.structuredContent else {
            throw Fault("its result has no structuredContent, which its outputSchema promises")
        }
        let violations = try await onOwnThread("mcp-schema") {
            do {
                return try JSONSchema(outputSchema).validate(value)
            } catch {
                throw Fault("its outputSchema is no JSON Schema of draft 2020-12", cause: error)
            }
        }
        guard let first = violations.first else { return }
        let place = first.instancePointer.isEmpty ? "" : " at \(first.instancePointer)"
        throw Fault("its result does not fit its own outputSchema\(place): \(first.message)")
    }
}
