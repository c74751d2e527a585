internal import Core

/// The tools of a server, as long as nothing says that they have changed.
struct ToolList: Sendable {
    /// In the server's order.
    var tools: [KnownTool]
    /// Of the list when it was asked for.
    var version: Int
    /// Until when the server says that it stays as it is; nil for as long as the session lasts.
    var freshEnd: ContinuousClock.Instant?
}

extension Connection {
    /// What the server offers, in its order.
    func allTools() async throws -> [MCPTool] {
        try await withSession { session in try await self.toolList(session).tools.map(\.tool) }
    }

    /// The tools, from memory if they are known to be the same.
    func toolList(_ session: Session, mayBeStale: Bool = false) async throws -> ToolList {
        if let tools, mayBeStale || isFresh(tools, session) { return tools }
        let version = lists.version(of: .tools)
        let page = try await list("tools/list", "tools", .tools, session, maximum: Limits.mcpToolsMaximum)
        let list = ToolList(tools: known(page.items), version: version, freshEnd: page.freshEnd)
        tools = list
        return list
    }

    private func isFresh(_ list: ToolList, _ session: Session) -> Bool {
        guard list.version == lists.version(of: .tools) else { return false }
        guard let end = list.freshEnd else { return true }
        return (session.tellsChanges(of: .tools) && lists.isSubscribed) || .now < end
    }

    /// Those that can be used: one that is wrong, or has the name of another, is left out, and said so.
    private func known(_ items: [JSON]) -> [KnownTool] {
        var names: Set<String> = []
        return items.compactMap { item in
            do {
                let known = try KnownTool(item, server: name)
                guard names.insert(known.tool.name).inserted else {
                    throw Fault("there are two tools of the name \"\(known.tool.name)\"")
                }
                return known
            } catch {
                let reason = (error as? Fault)?.reason ?? "\(error)"
                log(MCPLogEntry(server: name, level: "error", data: .string("A tool is left out: \(reason).")))
                return nil
            }
        }
    }

    func resources() async throws -> [MCPResource] {
        try await items("resources/list", "resources", .resources) { try MCPResource($0) }
    }

    func resourceTemplates() async throws -> [MCPResourceTemplate] {
        try await items("resources/templates/list", "resourceTemplates", .resourceTemplates) {
            try MCPResourceTemplate($0)
        }
    }

    func prompts() async throws -> [MCPPrompt] {
        try await items("prompts/list", "prompts", .prompts) { try MCPPrompt($0) }
    }

    private func items<Item: Sendable>(
        _ method: String, _ member: String, _ kind: ListKind, _ read: @Sendable (JSON) throws -> Item
    ) async throws -> [Item] {
        try await withSession { session in
            try await self.list(method, member, kind, session, maximum: Limits.mcpListItemsMaximum).items.map(read)
        }
    }

    /// All pages of a list, and until when it is fresh. A server that does not offer such things has none.
    private func list(
        _ method: String, _ member: String, _ kind: ListKind, _ session: Session, maximum: Int
    ) async throws -> (items: [JSON], freshEnd: ContinuousClock.Instant?) {
        guard session.offers(kind) else { return ([], nil) }
        var items: [JSON] = []
        var bytes = 0
        var cursor: String?
        var freshEnd: ContinuousClock.Instant?
        for _ in 0..<Limits.mcpPagesMaximum {
            let answer = try await session.channel.perform(
                session.exchange(method, cursor.map { ["cursor": .string($0)] } ?? [:]))
            let reader = MemberReader(answer.result, "the list")
            try answer.requireComplete()
            items += try reader.array(member)
            bytes += answer.bytes
            guard items.count <= maximum else { throw Fault("it has more than \(maximum) entries") }
            guard bytes <= Limits.mcpMessageBytesMaximum else {
                throw Fault("it has more than \(Limits.mcpMessageBytesMaximum >> 20) MiB")
            }
            if !session.revision.hasHandshake {
                let milliseconds = min(
                    max(answer.result["ttlMs"]?.intValue ?? 0, 0), Limits.mcpFreshMillisecondsMaximum)
                let end = ContinuousClock.now + .milliseconds(milliseconds)
                freshEnd = min(freshEnd ?? end, end)
            }
            guard let next = try reader.optionalText("nextCursor") else { return (items, freshEnd) }
            guard next != cursor else { throw Fault("its list goes round in a circle") }
            cursor = next
        }
        throw Fault("it has more than \(Limits.mcpPagesMaximum) pages")
    }
}

extension RPCAnswer {
    /// Refuses a result of a kind that is not known, or not for this request (2026-07-28, § ResultType).
    func requireComplete() throws {
        guard result["resultType"] ?? "complete" == "complete" else {
            throw Fault("it sent a result of the kind \(String((result["resultType"] ?? .null).text.prefix(60)))")
        }
    }
}
