public import Core

/// Apps: plans that were published with a description and parameters.
extension SignalboxClient {
    /// The apps, by name.
    /// - Parameters:
    ///   - text: only those whose name or description has it.
    ///   - isArchived: the archived ones instead of the others.
    public func apps(containing text: String? = nil, isArchived: Bool = false) async throws -> [AppSummary] {
        let query = Self.query(containing: text, isArchived: isArchived)
        return try await all("/api/apps?\(query)", "apps", AppSummary.init)
    }

    public func app(_ name: String) async throws -> AppSummary {
        try await send(APIRequest("GET", "/api/apps/\(PercentEncoding.segment(name))"), AppSummary.init)
    }

    /// Publishes a version of a plan as an app.
    /// - Parameter publication: the body of the request.
    public func publishApp(_ publication: JSONObject) async throws -> (app: AppSummary, isNew: Bool) {
        try await send(.post("/api/apps", .object(publication))) { json, status in
            (try AppSummary(json), status == 201)
        }
    }

    /// Makes a task of an app.
    /// - Parameter run: what is asked for but the plan and its inputs.
    public func run(
        app name: String, parameters: JSONObject, _ run: TaskSubmission
    ) async throws -> TaskSummary {
        guard case .object(var body) = run.json else { preconditionFailure("A submission is an object.") }
        for member in ["plan", "inputs", "files"] { body[member] = nil }
        body["parameters"] = .object(parameters)
        let headers = run.idempotencyKey.map { [(name: "Idempotency-Key", value: $0)] } ?? []
        return try await send(
            .post("/api/apps/\(PercentEncoding.segment(name))/runs", .object(body), headers: headers),
            TaskSummary.init)
    }

    /// Hides an app, or brings it back.
    public func archiveApp(_ name: String, undo: Bool = false) async throws -> AppSummary {
        let verb = undo ? "restore" : "archive"
        return try await send(
            APIRequest("POST", "/api/apps/\(PercentEncoding.segment(name))/\(verb)"), AppSummary.init)
    }
}
