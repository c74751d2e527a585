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
        // What people do to a task that is there is in the name of the local user.
        router.post("/api/tasks/{id}/cancel") { request in
            try await change(request) { try await runtime.cancel($0, by: runtime.configuration.user) }
        }
        router.post("/api/tasks/{id}/kill") { request in
            try await change(request) { try await runtime.kill($0, by: runtime.configuration.user) }
        }
        router.post("/api/tasks/{id}/retry") { request in
            try await change(request) { try await runtime.retry($0, by: runtime.configuration.user) }
        }
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

    private func change(_ request: Request, _ body: (TaskNumber) async throws -> Void) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("id"))
        try await body(task.number)
        return .json(try await runtime.task(task.id.rawValue).json(at: .now), status: .accepted)
    }
}
