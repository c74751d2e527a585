internal import Core

/// Who is outside: providers of models and MCP servers.
extension SignalboxClient {
    /// All of them.
    public func providers() async throws -> ProviderList {
        try await send(APIRequest("GET", "/api/providers"), ProviderList.init)
    }

    /// Asks a model of a provider for a word.
    /// - Parameter model: nil for one that the settings name or tasks have used.
    public func testProvider(_ name: String, model: String?) async throws -> ConnectionReport {
        var body = JSONObject()
        body["model"] = model.map(JSON.string)
        return try await send(
            .post("/api/providers/\(PercentEncoding.segment(name))/test", .object(body)), ConnectionReport.init)
    }

    /// Reaches an MCP server, and asks for its tools.
    public func testToolServer(_ name: String) async throws -> ConnectionReport {
        try await send(
            APIRequest("POST", "/api/mcp_servers/\(PercentEncoding.segment(name))/test"), ConnectionReport.init)
    }
}
