internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/events` and `/api/events`: pages of the journal, or the journal as it grows.
struct EventsResource: Sendable {
    let runtime: Runtime
    private let rendered = RenderedEvents()

    init(runtime: Runtime) {
        self.runtime = runtime
    }

    var operations: [Operation] { [ofTask, all] }

    private static let limit = Parameter.integer("limit", 1...1_000, default: 100, "How many a page has.")
    private static let onlyTask = Parameter.text("task", "The number or the id of a task: only its events are meant.")
    private static let parameters: [any OperationParameter] = [
        Parameter.after, limit, Parameter.eventKinds, Parameter.lastEventID,
    ]

    private static let answer = Answer(
        status: .ok,
        summary: "A page of the journal; or, for those that accept `text/event-stream`, the journal as it grows.",
        contents: [
            (
                "application/json",
                .object(
                    ["events": .array(of: .event), "next": .position, "has_more": .boolean],
                    optional: ["resync": .resync])
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
            .get, "/api/events", "listEvents", "What has happened to all tasks.",
            parameters: Self.parameters + [Self.onlyTask], answers: [Self.answer], problems: [.notFound, .gone]
        ) { call in
            guard let reference = try call[Self.onlyTask] else { return try await answer(call, task: nil) }
            return try await answer(call, task: try await runtime.task(reference).number)
        }
    }

    private func answer(_ call: Call, task: TaskNumber?) async throws -> Response {
        var filter = try EventsQuery.filter(kinds: try call[.eventKinds])
        filter.task = task
        let query = EventsQuery(
            after: try call[.lastEventID] ?? call[.after], filter: filter, limit: try call[Self.limit])
        guard AcceptedTypes(call.request.headers).prefers("text/event-stream", over: "application/json") else {
            return .json(bytes: try await EventPage(query, runtime).jsonBytes)
        }
        return EventStream(runtime: runtime, rendered: rendered).response(after: query.after, query.filter)
    }
}
