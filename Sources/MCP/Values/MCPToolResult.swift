public import Core

/// What a tool answered.
public struct MCPToolResult: Sendable, Hashable {
    /// For models and people, in order.
    public var content: [MCPContent]
    /// For programs; it fits the tool's `outputSchema` if there is one.
    public var structuredContent: JSON?
    /// Whether the tool says that it failed. That is an answer for the model, not a failure of the server.
    public var isError: Bool

    /// A result.
    public init(content: [MCPContent], structuredContent: JSON? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    /// Reads the answer to `tools/call`.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ members: JSONObject) throws {
        let reader = MemberReader(members, "the result")
        structuredContent = members["structuredContent"].flatMap { $0.isNull ? nil : $0 }
        isError = try reader.optionalBool("isError") ?? false
        // It is not left out by the specification, but by servers that have put all into the other member.
        let blocks = structuredContent == nil ? try reader.array("content") : try reader.optionalArray("content") ?? []
        content = try blocks.map { try MCPContent($0) }
    }

    /// The texts of its content, each on a line of its own.
    public var text: String {
        content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }

    /// In the words of the protocol.
    public var json: JSON {
        var object: JSONObject = ["content": .array(content.map(\.json))]
        object["structuredContent"] = structuredContent
        if isError { object["isError"] = true }
        return .object(object)
    }
}
