internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// What is done with a task once more: rerun, restart, preview, compare; and its deletion.
struct AgainResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/api/tasks/{id}/rerun", handler: rerun)
        // Outputs that are changed by hand may be as large as those of steps.
        let maximum = Limits.payloadBytesMaximum
        router.post("/api/tasks/{id}/restart", bodyBytesMaximum: maximum, handler: restart)
        router.post("/api/tasks/{id}/preview", bodyBytesMaximum: maximum, handler: preview)
        router.get("/api/tasks/{id}/compare", handler: compare)
        router.get("/api/tasks/{id}/compare/{other}", handler: compare)
        router.delete("/api/tasks/{id}", handler: delete)
    }

    private func rerun(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        let asked = try AgainRequest.rerun(try body(of: request), idempotencyKey: try request.idempotencyKey())
        return try await created(try await runtime.rerun(task, asked))
    }

    private func restart(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        let asked = try AgainRequest.restart(try body(of: request), idempotencyKey: try request.idempotencyKey())
        return try await created(try await runtime.restart(task, asked))
    }

    private func preview(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        let asked = try AgainRequest.restart(try body(of: request), idempotencyKey: nil)
        return .json(try await runtime.preview(task, asked).json)
    }

    /// An empty body stands for no changes.
    private func body(of request: Request) throws -> JSON { request.body.isEmpty ? [:] : try request.json() }

    private func created(_ receipt: Runtime.Receipt) async throws -> Response {
        let task = try await runtime.task(receipt.id.rawValue)
        var response = Response.json(task.json(at: .now), status: receipt.isNew ? .created : .ok)
        response.headers["Location"] = "/api/tasks/\(receipt.id)"
        return response
    }

    private func compare(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        guard let other = request.pathParameters["other"] else {
            // The last good one is what the task is measured by.
            let good = try await runtime.defaultComparison(of: task)
            return .json(try await runtime.compare(good, task).json(at: .now))
        }
        return .json(try await runtime.compare(task, try await runtime.task(other)).json(at: .now))
    }

    private func delete(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        try await runtime.delete(task.number, by: runtime.configuration.user)
        guard let tombstone = try await runtime.store.tombstone(task.number) else {
            throw SignalboxError(.storage, "Task \(task.number) was deleted and has no tombstone.")
        }
        return .json(tombstone.json)
    }
}
