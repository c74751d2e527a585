internal import Core
internal import HTTPServer
internal import Runtime

extension Answer {
    /// What follows the request for a new task.
    static let receipts = [
        Answer.json("The new task.", .task, status: .created).withLocation,
        Answer.json("The task that the same request with this key has made before.", .task).withLocation,
    ]
}

extension Runtime {
    /// A task that was made, or was there already.
    func answer(to receipt: Receipt) async throws -> Response {
        let task = try await task(receipt.id.rawValue)
        guard case .object(var object) = task.json(at: .now) else { preconditionFailure("A task is an object.") }
        if !receipt.notices.isEmpty { object["notices"] = .array(receipt.notices.map(JSON.string)) }
        var response = Response.json(.object(object), status: receipt.isNew ? .created : .ok)
        response.headers["Location"] = "/api/tasks/\(receipt.id)"
        return response
    }
}
