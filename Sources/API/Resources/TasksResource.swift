internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks`
struct TasksResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/api/tasks", handler: create)
        router.get("/api/tasks", handler: list)
        router.get("/api/tasks/{id}", handler: get)
        router.post("/api/tasks/{id}/cancel", handler: cancel)
    }

    private func create(_ request: Request) async throws -> Response {
        let key = try request.idempotencyKey()
        let receipt = try await runtime.submit(try TaskRequest(try request.json(), idempotencyKey: key))
        let task = try await runtime.task(receipt.id.rawValue)
        var response = Response.json(task.json(at: .now), status: receipt.isNew ? .created : .ok)
        response.headers["Location"] = "/api/tasks/\(receipt.id)"
        return response
    }

    private func list(_ request: Request) async throws -> Response {
        let query = try QueryReader(request.query, known: ["page", "size"])
        let page = try await runtime.store.tasks(
            TaskQuery(
                page: try query.integer("page", in: 1...1_000_000, default: 1),
                size: try query.integer("size", in: 1...100, default: 25)))
        let now = Timestamp.now
        return .json([
            "tasks": .array(page.tasks.map { $0.json(at: now) }), "total": .int(Int64(page.total)),
            "position": .int(page.position.rawValue),
        ])
    }

    private func get(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        return .json(try await runtime.detail(of: task).json(at: .now))
    }

    private func cancel(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        try await runtime.cancel(task.number)
        return .json(try await runtime.task(task.id.rawValue).json(at: .now), status: .accepted)
    }
}
