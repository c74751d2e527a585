internal import Core
internal import MCP

/// What is known of what a server offers beside its tools, and until when.
struct KnownOffers: Sendable {
    var offers: [ServerOffer]
    var end: ContinuousClock.Instant
}

extension ToolServers {
    /// What reads the resources and prompts that a server really has: many say that they offer both and have none. What was
    /// found is taken for true for a while.
    /// - Throws: `SignalboxError` when the server cannot be reached, `CancellationError`.
    func offers(of server: String) async throws -> [ServerOffer] {
        if let known = knownOffers(of: server), .now < known.end { return known.offers }
        let connections = try await connections(to: server)
        var offers: [ServerOffer] = []
        if try await has(
            "resources", server,
            {
                if try await !connections.resources(of: server).isEmpty { return true }
                return try await !connections.resourceTemplates(of: server).isEmpty
            })
        {
            offers += [.listResources, .readResource]
        }
        if try await has("prompts", server, { try await !connections.prompts(of: server).isEmpty }) {
            offers += [.listPrompts, .getPrompt]
        }
        note(KnownOffers(offers: offers, end: .now + .milliseconds(Limits.mcpOffersMilliseconds)), of: server)
        return offers
    }

    /// A list that cannot be had costs the agent what is in it, and not the server's tools.
    private func has(
        _ what: String, _ server: String, _ body: () async throws -> Bool
    ) async throws -> Bool {
        do {
            return try await body()
        } catch let error as SignalboxError where error.code == .upstream {
            log(
                MCPLogEntry(
                    server: server, level: "error", data: .string("Its \(what) are left out: \(error.message)")))
            return false
        }
    }
}
