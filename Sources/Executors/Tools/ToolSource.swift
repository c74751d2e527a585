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
    /// - Throws: `SignalboxError` when a server that has some of them cannot be asked.
    func toolbox(of agent: AgentDefinition, for work: StepWork) async throws -> Toolbox {
        var entries: [Toolbox.Entry] = []
        var isWebSearchAllowed = false
        var unavailable: [String] = []
        for grant in agent.tools {
            if case .webSearch = grant.kind { isWebSearchAllowed = true }
            do {
                try Task.checkCancellation()
                _ = try await self.entries(of: grant, agent: agent.memoryName)
            } catch let error as SignalboxError {
                // A server that cannot be asked costs the agent its tools, and nothing else.
                guard case .mcp(let server, _) = grant.kind, error.code != .notFound else { throw error }
                unavailable.append("The tools of the MCP server \(server) cannot be used now: \(error.message)")
                continue
            }
            for var entry in try await self.entries(of: grant, agent: agent.memoryName) {
                entry.isRepeatable = grant.isRepeatable
                entries.append(entry)
            }
        }
        return try Toolbox(entries, isWebSearchAllowed: isWebSearchAllowed, unavailable: unavailable)
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
        let entries = try await entries(of: call.definition.grant, agent: "")
        guard let entry = entries.first(where: { $0.declaration.name == name }) else {
            let known = entries.map(\.declaration.name).sorted().joined(separator: ", ")
            throw SignalboxError(
                .notFound, "There is no tool \"\(call.name)\".", hint: known.isEmpty ? nil : "The tools are \(known).")
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

    private func tools(of server: String, only: [String]?) async throws -> [any Tool] {
        let known = try await servers.tools(of: server)
        guard let only else { return known.map { ServerTool($0, servers: servers) } }
        return try only.map { name in
            guard let tool = known.first(where: { $0.name == name }) else {
                throw SignalboxError(
                    .notFound, "The MCP server \(server) has no tool \"\(name)\".",
                    hint: Suggestion.hint(for: name, among: known.map(\.name), called: "its tools are"))
            }
            return ServerTool(tool, servers: servers)
        }
    }
}
