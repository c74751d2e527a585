public import Core

/// What agents asked and were answered, and what that cost.
extension SignalboxClient {
    /// A run of a step with its turns, as the API gives it.
    /// - Parameters:
    ///   - step: nil where only one step has asked a model.
    ///   - run: nil for the latest.
    ///   - turn: nil for all.
    public func trace(_ reference: String, step: String?, run: Int?, turn: Int?) async throws -> JSON {
        let query = [
            step.map { "step=\(PercentEncoding.segment($0))" }, turn.map { "turn=\($0)" },
        ].compactMap(\.self).joined(separator: "&")
        let path = "/api/tasks/\(PercentEncoding.segment(reference))/runs/\(run.map(String.init) ?? "latest")/turns"
        return try await send(APIRequest("GET", query.isEmpty ? path : "\(path)?\(query)")) { $0 }
    }

    /// The steps of a task that have asked models, in the order of the plan, and whether they are all: of long loops the
    /// iterations in the middle are not listed.
    public func tracedSteps(_ reference: String) async throws -> (paths: [String], areAll: Bool) {
        let task = try await task(reference)
        let steps = task.json["steps"]?.arrayValue ?? []
        let paths = steps.filter { $0["turns"] != nil }.compactMap { $0["path"]?.stringValue }
        return (paths, task.steps.allSatisfy { ($0.iterations?.hidden ?? 0) == 0 })
    }

    /// Reckons anew what turns cost; the report, as the API gives it.
    public func reprice(_ request: JSONObject) async throws -> JSON {
        try await send(.post("/api/prices/reprice", .object(request))) { $0 }
    }
}
