public import Core

/// Tasks once more: rerun, restart, preview, compare, delete, and the same for many.
extension SignalboxClient {
    /// Makes a task that repeats another one.
    public func rerun(_ reference: String, _ again: TaskAgain) async throws -> TaskSummary {
        try await send(.post(path(reference, "rerun"), again.rerunJSON), TaskSummary.init)
    }

    /// Makes a task that repeats a finished one with changes, and takes over what they do not touch.
    public func restart(_ reference: String, _ again: TaskAgain) async throws -> TaskSummary {
        try await send(.post(path(reference, "restart"), again.restartJSON), TaskSummary.init)
    }

    /// What such a restart would take over, and what it would run.
    public func preview(_ reference: String, _ again: TaskAgain) async throws -> TaskPreview {
        try await send(.post(path(reference, "preview"), again.restartJSON), TaskPreview.init)
    }

    /// Two tasks beside each other, as the API gives them.
    /// - Parameter other: the second one; nil for the last completed task of the same plan, which then is the first.
    public func compare(_ reference: String, with other: String?) async throws -> JSON {
        let end = other.map { "/\(PercentEncoding.segment($0))" } ?? ""
        return try await send(APIRequest("GET", path(reference, "compare") + end)) { $0 }
    }

    /// Forgets a finished task; its tombstone, as the API gives it.
    public func delete(_ reference: String) async throws -> JSON {
        try await send(APIRequest("DELETE", "/api/tasks/\(PercentEncoding.segment(reference))")) { $0 }
    }

    /// Does something to many tasks; the results, or with `dry_run` the tasks, as the API gives them.
    public func bulk(_ request: JSONObject) async throws -> JSON {
        try await send(.post("/api/tasks/bulk", .object(request))) { $0 }
    }

    private func path(_ reference: String, _ what: String) -> String {
        "/api/tasks/\(PercentEncoding.segment(reference))/\(what)"
    }
}
