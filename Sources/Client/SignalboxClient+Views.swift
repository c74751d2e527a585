public import Core

/// Lists of tasks that have names.
extension SignalboxClient {
    /// All views.
    public func views() async throws -> ViewList {
        try await send(APIRequest("GET", "/api/views"), ViewList.init)
    }

    /// The view of that name.
    public func view(named name: String) async throws -> ViewSummary {
        try await send(APIRequest("GET", path(name)), ViewSummary.init)
    }

    /// Keeps a view under a name, in the place of the one that has it.
    public func saveView(_ name: String, filters: JSONObject, sort: String?) async throws -> ViewSummary {
        var body: JSONObject = ["filters": .object(filters)]
        body["sort"] = sort.map(JSON.string)
        return try await send(
            APIRequest(
                "PUT", path(name), headers: [("Content-Type", "application/json")], body: JSON.object(body).bytes),
            ViewSummary.init)
    }

    /// Forgets a view, and says what is gone.
    public func deleteView(_ name: String) async throws -> JSON {
        try await send(APIRequest("DELETE", path(name))) { $0 }
    }

    private func path(_ name: String) -> String { "/api/views/\(PercentEncoding.segment(name))" }
}
