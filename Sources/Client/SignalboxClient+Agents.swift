public import Core

/// The library of agents, and what agents keep.
extension SignalboxClient {
    /// The agents of the library in their latest versions, by name.
    /// - Parameters:
    ///   - text: only those whose name or description has it.
    ///   - isArchived: the archived ones instead of the others.
    public func agents(containing text: String? = nil, isArchived: Bool = false) async throws -> [AgentSummary] {
        let query = Self.query(containing: text, isArchived: isArchived)
        return try await all("/api/agents?\(query)", "agents", AgentSummary.init)
    }

    /// An agent of the library.
    /// - Parameter version: the hash of a version, or its first digits; nil for the latest.
    public func agent(named name: String, version: String? = nil) async throws -> AgentText {
        let query = version.map { "?version=\(PercentEncoding.segment($0))" } ?? ""
        return try await send(APIRequest("GET", "/api/agents/\(PercentEncoding.segment(name))\(query)"), AgentText.init)
    }

    /// All versions of an agent, the latest first.
    public func versions(ofAgent name: String) async throws -> [AgentSummary] {
        try await all("/api/agents/\(PercentEncoding.segment(name))/versions?", "versions", AgentSummary.init)
    }

    /// Puts a version of an agent into the library.
    /// - Returns: the version, and what saving it has come to.
    public func saveAgent(_ document: SavedDocument) async throws -> (agent: AgentSummary, outcome: SavingOutcome) {
        try await send(document.request("/api/agents")) { (try AgentSummary($0), SavingOutcome($0, status: $1)) }
    }

    /// Changes whether an agent is found by its name: `archive` or `restore`.
    public func changeAgent(_ name: String, _ change: String) async throws -> AgentSummary {
        try await send(
            APIRequest("POST", "/api/agents/\(PercentEncoding.segment(name))/\(change)"), AgentSummary.init)
    }

    /// What two versions of an agent differ in, as the API gives it.
    /// - Parameters:
    ///   - from: nil for the one before the latest.
    ///   - to: nil for the latest.
    public func comparison(ofAgent name: String, from: String?, to: String?) async throws -> JSON {
        let query = [("from", from), ("to", to)].compactMap { name, version in
            version.map { "\(name)=\(PercentEncoding.segment($0))" }
        }
        let target = "/api/agents/\(PercentEncoding.segment(name))/diff?" + query.joined(separator: "&")
        return try await send(APIRequest("GET", target)) { $0 }
    }

    /// What an agent keeps from one task to the next.
    public func memory(of agent: String) async throws -> MemoryList {
        try await send(APIRequest("GET", "/api/agents/\(PercentEncoding.segment(agent))/memory"), MemoryList.init)
    }

    /// Deletes what an agent keeps under a name, and says what was deleted.
    public func forget(_ entry: String, of agent: String) async throws -> JSON {
        let target = "/api/agents/\(PercentEncoding.segment(agent))/memory/\(PercentEncoding.segment(entry))"
        return try await send(APIRequest("DELETE", target)) { $0 }
    }
}
