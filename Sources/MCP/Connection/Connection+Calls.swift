internal import Core

/// What is asked of a server that it may ask back about.
struct Inquiry<Value: Sendable>: Sendable {
    var method: String
    var params: JSONObject
    var headers: [(name: String, value: String)] = []
    /// The answers to what it asked before, if it did.
    var answers: MCPAnswers?
    var onProgress: (@Sendable (MCPProgress) -> Void)?
    /// Reads the result.
    var read: @Sendable (JSONObject) async throws -> Value
}

extension Connection {
    func call(
        tool name: String, arguments: JSONObject, idempotencyKey: String, answers: MCPAnswers?,
        onProgress: @escaping @Sendable (MCPProgress) -> Void
    ) async throws -> MCPCallResult {
        try await withSession { session in
            let tool = try await self.tool(name, session)
            do {
                return try await self.call(tool, arguments, idempotencyKey, answers, session, onProgress)
            } catch let error as RPCError where error.code == RPCError.headerMismatch {
                // Its parameters have changed (2026-07-28, § Client Behavior); the call was refused.
                self.lists.noteChange(of: .tools)
                let changed = try await self.tool(name, session)
                return try await self.call(changed, arguments, idempotencyKey, answers, session, onProgress)
            }
        }
    }

    private func call(
        _ tool: KnownTool, _ arguments: JSONObject, _ idempotencyKey: String, _ answers: MCPAnswers?,
        _ session: Session, _ onProgress: @escaping @Sendable (MCPProgress) -> Void
    ) async throws -> MCPCallResult {
        var headers = session.revision.hasHandshake ? [] : tool.headers.values(in: arguments)
        headers.append(("Idempotency-Key", idempotencyKey))
        let inquiry = Inquiry(
            method: "tools/call",
            params: [
                "name": .string(tool.tool.name), "arguments": .object(arguments),
                "_meta": [Metadata.idempotencyKey: .string(idempotencyKey)],
            ], headers: headers, answers: answers, onProgress: onProgress
        ) { members in
            let result = try MCPToolResult(members)
            try await tool.check(result)
            return result
        }
        return try await perform(inquiry, session)
    }

    /// A tool, from memory even if that is old: the server itself knows best whether there is one.
    /// - Throws: `SignalboxError` with code `not_found`.
    private func tool(_ name: String, _ session: Session) async throws -> KnownTool {
        let isChanged = tools?.version != lists.version(of: .tools)
        if let known = try await toolList(session, mayBeStale: !isChanged).tools.first(where: {
            $0.tool.name == name
        }) {
            return known
        }
        lists.noteChange(of: .tools)
        let tools = try await toolList(session).tools
        if let known = tools.first(where: { $0.tool.name == name }) { return known }
        throw SignalboxError(
            .notFound, "The MCP server \"\(self.name)\" has no tool \"\(name.prefix(80))\".",
            hint: Suggestion.hint(for: name, among: tools.map(\.tool.name), called: "its tools"))
    }

    func read(resource uri: String, answers: MCPAnswers?) async throws -> MCPReply<[MCPResourceContents]> {
        let inquiry = Inquiry(method: "resources/read", params: ["uri": .string(uri)], answers: answers) {
            try MemberReader($0, "the result").array("contents").map { try MCPResourceContents($0) }
        }
        return try await withSession { session in try await self.perform(inquiry, session) }
    }

    func prompt(
        _ name: String, arguments: [String: String], answers: MCPAnswers?
    ) async throws -> MCPReply<MCPPromptText> {
        let values = JSONObject(arguments.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        let inquiry = Inquiry(
            method: "prompts/get", params: ["name": .string(name), "arguments": .object(values)], answers: answers
        ) { try MCPPromptText($0) }
        return try await withSession { session in try await self.perform(inquiry, session) }
    }

    private func perform<Value: Sendable>(
        _ inquiry: Inquiry<Value>, _ session: Session
    ) async throws -> MCPReply<Value> {
        do {
            return session.revision.hasHandshake
                ? try await performHeld(inquiry, session) : try await performInRounds(inquiry, session)
        } catch let error as RPCError where error.code == RPCError.visitRequired {
            let questions = try (error.data?["elicitations"]?.arrayValue ?? []).enumerated().map {
                try MCPQuestion(key: "question-\($0.offset + 1)", params: $0.element)
            }
            guard !questions.isEmpty, settings.mayAsk else { throw error }
            return .inputRequired(MCPInputRequired(questions: questions, continuation: .anew))
        }
    }
}
