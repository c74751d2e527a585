internal import Core
internal import Engine
internal import MCP
internal import Plans
internal import Providers

/// Makes the tools that a plan grants.
struct ToolSource: Sendable {
    let builtIn: BuiltInTools
    let servers: ToolServers
    let memory: (any AgentMemory)?

    /// The tools of an agent.
    /// - Parameter owner: the name under which it keeps what it remembers.
    /// - Throws: `SignalboxError` when a server that has some of them cannot be asked and the agent is not to go on
    ///   without them.
    func toolbox(of agent: AgentDefinition, memory owner: String) async throws -> Toolbox {
        var entries: [Toolbox.Entry] = []
        var isWebSearchAllowed = false
        var unavailable: [Toolbox.Unavailable] = []
        for grant in agent.tools {
            if case .webSearch = grant.kind { isWebSearchAllowed = true }
            do {
                try Task.checkCancellation()
                for var entry in try await self.entries(of: grant, agent: owner) {
                    entry.isRepeatable = grant.isRepeatable
                    entries.append(entry)
                }
            } catch let error as SignalboxError {
                // A tool that a server does not have is a mistake of the plan; a server that the settings do not have may be
                // done without like one that is out of reach.
                guard case .mcp(let server, _) = grant.kind, error.code != .notFound || !servers.names.contains(server)
                else { throw error }
                guard grant.isOptional else { throw Self.missing(error) }
                unavailable.append(
                    Toolbox.Unavailable(what: "The tools of the MCP server \(server)", reason: error.message))
            }
        }
        try await requireNamesInConsent(of: agent)
        return try Toolbox(entries, isWebSearchAllowed: isWebSearchAllowed, unavailable: unavailable)
    }

    /// What is said when a run cannot begin for want of a server.
    private static func missing(_ error: SignalboxError) -> SignalboxError {
        var error = error
        let choice = "With `optional: true` beside `mcp` the agent goes on without these tools."
        error.hint = [error.hint, choice].compactMap(\.self).joined(separator: " ")
        return error
    }

    /// The tool that a step calls.
    /// - Throws: `SignalboxError` with code `not_found` when the server has no such tool.
    func tool(for call: StepWork.Tool) async throws -> Toolbox.Entry {
        let name =
            if case .mcp(let server, _) = call.definition.grant.kind {
                ToolGrant.name(of: call.definition.tool, on: server)
            } else {
                call.definition.tool
            }
        var grant = call.definition.grant
        if case .mcp(let server, nil) = grant.kind, ServerOffer(rawValue: call.definition.tool) == nil {
            grant.kind = .mcp(server: server, only: try await servers.tools(of: server).map(\.name))
        }
        let entries = try await entries(of: grant, agent: "")
        guard let entry = entries.first(where: { $0.declaration.name == name }) else {
            // As the plan writes them: SERVER/TOOL.
            var known = entries.map(\.declaration.name).sorted()
            if case .mcp(let server, let names) = grant.kind {
                known = (names ?? []).sorted().map { "\(server)/\($0)" }
            }
            throw SignalboxError(
                .notFound, "There is no tool \"\(call.name)\".",
                hint: Suggestion.hint(for: call.name, among: known, called: "the tools are"))
        }
        return entry
    }

    private func entries(of grant: ToolGrant, agent: String) async throws -> [Toolbox.Entry] {
        switch grant.kind {
        case .readFile: [entry(builtIn.readFile)]
        case .writeFile: [entry(builtIn.writeFile)]
        case .listFiles: [entry(builtIn.listFiles)]
        case .http(let options): [entry(try builtIn.http(options))]
        case .command(let options): [entry(builtIn.command(options))]
        case .program(let options): [entry(builtIn.program(options))]
        case .askQuestion: [Toolbox.Entry(declaration: MachineTools.askQuestion, performer: .person)]
        case .createTask(let plans):
            [Toolbox.Entry(declaration: MachineTools.createTask(plans), performer: .task)]
        case .remember: memory.map { [entry(RememberTool(agent: agent, memory: $0))] } ?? []
        case .recall: memory.map { [entry(RecallTool(agent: agent, memory: $0))] } ?? []
        case .webSearch: []
        case .mcp(let server, let only): try await tools(of: server, only: only).map { entry($0) }
        }
    }

    private func entry(_ tool: any Tool) -> Toolbox.Entry {
        Toolbox.Entry(tool: tool, declaration: tool.declaration)
    }

    /// The tools of a server, and what reads its resources and prompts; a tool of its own goes before ours of that name.
    private func tools(of server: String, only: [String]?) async throws -> [any Tool] {
        let own = try await servers.tools(of: server)
        let isTrusted = servers.trusted.contains(server)
        var offers: [ServerOffer] = []
        // Nobody is asked for what nobody has named.
        if only?.contains(where: { ServerOffer(rawValue: $0) != nil }) ?? true {
            offers = try await servers.offers(of: server).filter { offer in
                !own.contains { $0.name == offer.rawValue }
            }
        }
        let named: [(name: String, tool: any Tool)] =
            own.map { ($0.name, ServerTool($0, servers: servers, isTrusted: isTrusted)) }
            + offers.map { ($0.rawValue, ServerOfferTool(offer: $0, server: server, servers: servers)) }
        guard let only else { return named.map(\.tool) }
        return try only.map { name in
            guard let tool = named.first(where: { $0.name == name })?.tool else {
                throw SignalboxError(
                    .notFound, "The MCP server \(server) has no tool \"\(name)\".",
                    hint: Suggestion.hint(for: name, among: named.map(\.name), called: "its tools are"))
            }
            return tool
        }
    }
}
