internal import Core
public import Plans
internal import Providers

/// What plans and agents name of the settings.
extension Settings {
    /// Looks for the MCP servers and the providers of models that a plan names.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all that there are not.
    public func check(_ plan: Plan) throws {
        var found: [Diagnostic] = []
        for agent in plan.agents { found += mistakes(of: agent, at: "/agents/\(agent.name)/model") }
        for step in plan.allSteps {
            guard case .tool(let call) = step.step.kind else { continue }
            found += mistakes(of: [call.grant])
        }
        try refuse(found, in: plan.source)
    }

    /// The same for an agent of the library.
    /// - Throws: as for a plan.
    public func check(_ agent: LibraryAgent) throws {
        try refuse(mistakes(of: agent.definition, at: "/model"), in: agent.source)
    }

    /// - Parameter pointer: where its model stands in the document.
    private func mistakes(of agent: AgentDefinition, at pointer: String) -> [Diagnostic] {
        mistakes(of: agent.tools) + mistakes(ofModel: agent.model, at: pointer)
    }

    private func mistakes(of grants: [ToolGrant]) -> [Diagnostic] {
        let names = mcpServers.map(\.name)
        return grants.compactMap { grant in
            guard case .mcp(let server, _) = grant.kind, !grant.isOptional, !server.isEmpty, !names.contains(server)
            else {
                return nil
            }
            let hint = Suggestion.hint(for: server, among: names, called: "there are")
            return Diagnostic(
                "there is no MCP server \"\(server)\" in the settings", at: grant.place,
                hint: hint ?? "add it to mcp_servers in signalbox.yaml")
        }
    }

    private func mistakes(ofModel model: String?, at pointer: String) -> [Diagnostic] {
        guard let model else { return [] }
        let names = ProviderRegistry.names(beside: providers.keys)
        let provider = String(model.prefix { $0 != "/" })
        guard !names.contains(provider) else { return [] }
        return [
            Diagnostic(
                "there is no provider \"\(provider)\" in the settings", at: .pointer(pointer),
                hint: Suggestion.hint(for: provider, among: names, called: "the providers are"))
        ]
    }

    private func refuse(_ mistakes: [Diagnostic], in source: PlanSource) throws {
        guard !mistakes.isEmpty else { return }
        let count = mistakes.count == 1 ? "a mistake" : "\(mistakes.count) mistakes"
        throw SignalboxError(
            .invalidPlan, "\(source.path) has \(count)",
            diagnostics: mistakes.map { Diagnostic($0.message, at: $0.place.inside(source.path), hint: $0.hint) })
    }
}
