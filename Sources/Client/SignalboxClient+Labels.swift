public import Core

/// What a task is called.
extension SignalboxClient {
    /// Gives a task another name.
    public func rename(_ reference: String, to name: String) async throws -> TaskSummary {
        try await send(.patch(reference, ["name": .string(name)]), TaskSummary.init)
    }

    /// Adds tags to those of a task, and takes some from them.
    public func tag(_ reference: String, adding: [String], removing: [String]) async throws -> TaskSummary {
        try await send(
            .patch(reference, ["tags": Self.tagChange(adding: adding, removing: removing)]), TaskSummary.init)
    }

    /// A change of tags as the API takes it, also of many tasks.
    public static func tagChange(adding: [String], removing: [String]) -> JSON {
        ["add": .array(adding.map(JSON.string)), "remove": .array(removing.map(JSON.string))]
    }
}

extension APIRequest {
    /// A change of what a task is called.
    fileprivate static func patch(_ reference: String, _ change: JSON) -> APIRequest {
        APIRequest(
            "PATCH", "/api/tasks/\(PercentEncoding.segment(reference))",
            headers: [("Content-Type", "application/json")],
            body: change.bytes)
    }
}
