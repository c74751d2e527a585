/// What comes of asking a server for something: the thing, or a question to a person that must be answered first.
public enum MCPReply<Value: Sendable>: Sendable {
    case complete(Value)
    case inputRequired(MCPInputRequired)

    /// The value, unless something is asked first.
    public var value: Value? {
        if case .complete(let value) = self { value } else { nil }
    }
}

/// What comes of calling a tool.
public typealias MCPCallResult = MCPReply<MCPToolResult>
