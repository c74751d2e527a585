public import Core

/// What people decide and ask for.
extension SignalboxClient {
    /// A page of requests to people, the oldest first.
    /// - Parameters:
    ///   - isOpenOnly: false for those too that were decided.
    ///   - task: only those of this task, by its number or id.
    public func approvals(
        isOpenOnly: Bool = true, task: String? = nil, page: Int = 1, size: Int = 25
    ) async throws -> ApprovalPage {
        var target = "/api/approvals?state=\(isOpenOnly ? "open" : "all")&page=\(page)&size=\(size)"
        if let task { target += "&task=\(PercentEncoding.segment(task))" }
        return try await send(APIRequest("GET", target), ApprovalPage.init)
    }

    /// A request such as `7-1`, with all that is asked.
    public func approval(_ id: String) async throws -> Approval {
        try await send(APIRequest("GET", "/api/approvals/\(PercentEncoding.segment(id))"), Approval.init)
    }

    /// Decides about a request; the request as it is then.
    /// - Throws: `SignalboxError`: `invalid_input` when the decision does not fit, `conflict` when somebody was first.
    public func decide(_ id: String, _ decision: ApprovalDecision) async throws -> Approval {
        try await send(
            .post("/api/approvals/\(PercentEncoding.segment(id))/decision", decision.json), Approval.init)
    }

    /// Tells the tasks of something that happened outside.
    public func signal(_ name: String, key: String?, payload: JSON?) async throws -> SignalReceipt {
        var body = JSONObject()
        body["key"] = key.map(JSON.string)
        body["payload"] = payload
        return try await send(.post("/api/signals/\(PercentEncoding.segment(name))", .object(body)), SignalReceipt.init)
    }

    /// Aborts a task at once.
    public func kill(_ reference: String) async throws -> TaskSummary {
        try await send(
            APIRequest("POST", "/api/tasks/\(PercentEncoding.segment(reference))/kill"), TaskSummary.init)
    }

    /// Lets a failed task go on: what failed runs again.
    public func retry(_ reference: String) async throws -> TaskSummary {
        try await send(
            APIRequest("POST", "/api/tasks/\(PercentEncoding.segment(reference))/retry"), TaskSummary.init)
    }
}
