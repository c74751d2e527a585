internal import Core
internal import MCP
internal import Plans

/// What the consent of an agent says of tools that only their server knows.
extension ToolSource {
    /// A rule that names a tool which there is not asks nobody, and whoever wrote it believes that it does. So a run with such
    /// a rule does not begin. Servers that cannot be asked, and that the agent can do without, are left out: none of their
    /// tools can be called.
    /// - Throws: `SignalboxError` with code `not_found` for the first name that no tool has.
    func requireNamesInConsent(of agent: AgentDefinition) async throws {
        for name in agent.namesInConsent where !agent.tools.contains(where: { $0.name == name }) {
            let servers = agent.tools.compactMap(\.server).filter { ToolGrant.isName(name, onServer: $0) }
            guard !servers.isEmpty else {
                let known = agent.tools.compactMap(\.name)
                throw Self.unknown(name, in: "The consent of the agent \"\(agent.name)\"", known: known)
            }
            try await require(name, on: servers, by: "The consent of the agent \"\(agent.name)\"", agent)
        }
        for grant in agent.tools {
            guard let server = grant.server else { continue }
            for name in grant.namesInConsent {
                let owner = "The consent of the tools of the MCP server \(server)"
                try await require(name, on: [server], by: owner, agent)
            }
        }
    }

    private func require(_ name: String, on servers: [String], by owner: String, _ agent: AgentDefinition) async throws
    {
        var known: [String] = []
        for server in servers {
            guard let names = try await names(on: server, agent) else { return }
            if names.contains(name) { return }
            known += names
        }
        let offers = servers.flatMap { server in
            ServerOffer.allCases.map { ToolGrant.name(of: $0.rawValue, on: server) }
        }
        guard !offers.contains(name) else { return }
        throw Self.unknown(name, in: owner, known: known)
    }

    /// What models call the tools of a server; nil when it cannot be asked and the agent goes on without it.
    private func names(on server: String, _ agent: AgentDefinition) async throws -> [String]? {
        do {
            return try await servers.tools(of: server).map { ToolGrant.name(of: $0.name, on: server) }
        } catch let error as SignalboxError {
            let isNeeded = agent.tools.contains { $0.server == server && !$0.isOptional }
            guard !isNeeded else { throw error }
            return nil
        }
    }

    private static func unknown(_ name: String, in owner: String, known: [String]) -> SignalboxError {
        SignalboxError(
            .notFound, "\(owner) names the tool \"\(name)\", which there is not: nobody would be asked.",
            hint: Suggestion.hint(for: name, among: known, called: "the tools are"))
    }
}

extension ToolGrant {
    /// The server whose tools it grants, if it does.
    fileprivate var server: String? { if case .mcp(let server, _) = kind { server } else { nil } }
}
