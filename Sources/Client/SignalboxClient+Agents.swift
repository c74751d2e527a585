public import Core

/// The library of agents, and what agents keep.
extension SignalboxClient {
    /// The agents of the library.
    public func agents() async throws -> AgentList {
        try await send(APIRequest("GET", "/api/agents"), AgentList.init)
    }

    /// An agent of the library.
    /// - Parameter version: the hash of a version, or its first digits; nil for the latest.
    public func agent(named name: String, version: String? = nil) async throws -> AgentText {
        let query = version.map { "?version=\(PercentEncoding.segment($0))" } ?? ""
        return try await send(APIRequest("GET", "/api/agents/\(PercentEncoding.segment(name))\(query)"), AgentText.init)
    }

    /// All versions of an agent, the latest first.
    public func versions(ofAgent name: String) async throws -> [AgentSummary] {
        try await send(APIRequest("GET", "/api/agents/\(PercentEncoding.segment(name))/versions")) { json in
            try Fields(json, "a list of versions").array("versions").map(AgentSummary.init)
        }
    }

    /// Puts a version of an agent into the library.
    public func saveAgent(path: String, text: String, files: [String: String]) async throws -> AgentSummary {
        let files = JSONObject(files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) })
        return try await send(
            .post("/api/agents", ["path": .string(path), "text": .string(text), "files": .object(files)]),
            AgentSummary.init)
    }

    /// Hides an agent of the library, and says what was hidden.
    public func archiveAgent(_ name: String) async throws -> JSON {
        try await send(APIRequest("POST", "/api/agents/\(PercentEncoding.segment(name))/archive")) { $0 }
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
