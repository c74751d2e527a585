internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/events` and `/api/events`: pages of the journal, or the journal as it grows.
struct EventsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [ofTask, all] }

    private static let after = Parameter.integer(
        "after", 0 ... .max, default: 0, "The position that was seen last: events behind it are meant.")
    private static let limit = Parameter.integer("limit", 1...1_000, default: 100, "How many a page has.")
    private static let parameters: [any OperationParameter] = [after, limit, Parameter.lastEventID]

    private static let answer = Answer(
        status: .ok,
        summary: "A page of the journal; or, for those that accept `text/event-stream`, the journal as it grows.",
        contents: [
            (
                "application/json",
                .object(["events": .array(of: .event), "next": .position, "has_more": .boolean])
            ),
            ("text/event-stream", nil),
        ])

    private var ofTask: Operation {
        Operation(
            .get, "/api/tasks/{id}/events", "listTaskEvents", "What has happened to a task.",
            parameters: [Parameter.task] + Self.parameters, answers: [Self.answer], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            return try await answer(call, task: task.number)
        }
    }

    private var all: Operation {
        Operation(
            .get, "/api/events", "listEvents", "What has happened to all tasks.", parameters: Self.parameters,
            answers: [Self.answer]
        ) { try await answer($0, task: nil) }
    }

    private func answer(_ call: Call, task: TaskNumber?) async throws -> Response {
        let after = Position(rawValue: Int64(try call[Self.after]))
        if call.request.headers["Accept"]?.contains("text/event-stream") == true {
            return EventStream(runtime: runtime).response(after: try call[.lastEventID] ?? after, task: task)
        }
        return try await page(after: after, task: task, limit: try call[Self.limit])
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
