internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/events` and `/api/events`: pages of the journal, or the journal as it grows.
struct EventsResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/api/tasks/{id}/events") { request in
            let task = try await runtime.task(request.pathParameter("id"))
            return try await answer(request, task: task.number)
        }
        router.get("/api/events") { try await answer($0, task: nil) }
    }

    private func answer(_ request: Request, task: TaskNumber?) async throws -> Response {
        let query = try QueryReader(request.query, known: ["after", "limit"])
        if request.headers["Accept"]?.contains("text/event-stream") == true {
            let after = try EventStream.position(of: request) ?? query.position("after") ?? .zero
            return EventStream(runtime: runtime).response(after: after, task: task)
        }
        return try await page(
            after: try query.position("after") ?? .zero, task: task,
            limit: try query.integer("limit", in: 1...1_000, default: 100))
    }

    private func page(after: Position, task: TaskNumber?, limit: Int) async throws -> Response {
        let events = try await runtime.store.events(after: after, of: task, limit: limit + 1)
        let page = events.prefix(limit)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("events")
        writer.beginArray()
        for event in page { writer.raw(event.jsonBytes) }
        writer.endArray()
        writer.name("next")
        writer.integer(page.last?.position.rawValue ?? after.rawValue)
        writer.name("has_more")
        writer.value(.bool(events.count > limit))
        writer.endObject()
        return .json(bytes: writer.finish())
    }
}
