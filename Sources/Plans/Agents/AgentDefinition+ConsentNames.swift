internal import CEL

extension ToolGrant {
    /// The name of a tool in a call.
    static let namePath = ["tool", "name"]

    /// The names of tools that the expression of its consent speaks of, as far as it can be looked through.
    public var namesInConsent: [String] {
        guard case .when(let expression)? = consent else { return [] }
        return expression.texts(comparedWith: Self.namePath).map(\.text)
    }

    /// Whether a tool that it grants may have that name, as far as that is known before a server is asked.
    func mayGrant(_ tool: String) -> Bool {
        guard case .mcp(let server, let only) = kind else { return name == tool }
        guard Self.isName(tool, onServer: server) else { return false }
        return only.map { $0.contains { Self.name(of: $0, on: server) == tool } } ?? true
    }

    /// The names of its tools that are known without asking a server.
    var knownNames: [String] {
        guard case .mcp(let server, let only) = kind else { return name.map { [$0] } ?? [] }
        return only?.map { Self.name(of: $0, on: server) } ?? []
    }
}

extension AgentDefinition {
    /// The names of tools that its own consent lists, sorted.
    public var namesInConsent: [String] {
        if case .tools(let names)? = consent { names.sorted() } else { [] }
    }
}
