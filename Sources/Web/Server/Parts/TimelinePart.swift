internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads what the timeline of a task shows: one page of its events, however many it has.
enum TimelinePart: Sendable {
    /// How many events one page shows.
    private static let pageSize = 100
    /// How many a page shows that stays open while the task goes on; older ones then stand on the page before.
    private static let growingMaximum = 300
    /// Events before the stretch that are looked at for the names of calls that end in it.
    private static let contextSize = 60

    /// What the address asks for.
    /// - Throws: `SignalboxError` with code `invalid_input` for a filter or a place that there is not.
    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> TimelineView {
        let filter = try TimelineFilter(request.query)
        let before = try request.sequence("before")
        let from = before == nil ? try request.sequence("from") : nil
        let newest = try await runtime.events(EventQuery(task.number, limit: 1)).last?.sequence ?? 0
        var query = EventQuery(
            task.number, from: from ?? 1, before: before, kinds: filter.kinds, step: filter.step,
            limit: from == nil ? pageSize : growingMaximum)
        let rows = try await Self.rows(query, filter, runtime)
        let first = rows.first?.sequence ?? before ?? newest + 1
        (query.from, query.before, query.limit) = (1, first, contextSize)
        let context = try await Self.rows(query, filter, runtime)
        var entries = TimelineEntries(of: task.number)
        for row in context where row.kind == EventKind.toolStarted.rawValue {
            try entries.note(
                row, try await runtime.event(row, bytesMaximum: TimelineEntries.payloadBytesMaximum), isShown: false)
        }
        for row in rows {
            try entries.note(
                row, try await runtime.event(row, bytesMaximum: TimelineEntries.payloadBytesMaximum), isShown: true)
        }
        let roots = try await runtime.store.steps(of: task.number, below: nil, offset: 0, limit: 50).steps.map(\.path)
        return TimelineView(
            task: task.number, filter: filter, entries: entries.entries, first: from ?? first,
            earlier: context.isEmpty ? nil : first, before: before, total: newest,
            steps: roots + entries.steps.filter { !roots.contains($0) }.prefix(100), tools: entries.tools)
    }

    private static func rows(
        _ query: EventQuery, _ filter: TimelineFilter, _ runtime: Runtime
    ) async throws -> [EventRow] {
        guard let tool = filter.tool else { return try await runtime.events(query) }
        return try await runtime.calls(of: tool, query)
    }
}

extension TimelineFilter {
    /// - Throws: `SignalboxError` with code `invalid_input` for a subject that there is not.
    fileprivate init(_ query: Query) throws {
        let names = query.all("show")
        let subjects = try names.map { name in
            guard let subject = TimelineSubject(rawValue: name) else {
                throw SignalboxError(
                    .invalidInput, "The timeline knows no events \"\(name.prefix(64))\".",
                    hint: "`show` is one of \(TimelineSubject.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return subject
        }
        let text = { (name: String) -> String? in query[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.init(
            subjects: Set(subjects), step: text("step").map(StepPath.init(rawValue:)), tool: text("tool"))
    }
}

extension Request {
    /// The number of an event within its task that a parameter names.
    fileprivate func sequence(_ name: String) throws -> Int64? {
        guard let text = query[name] else { return nil }
        guard let number = Int64(text), number > 0 else {
            throw SignalboxError(.notFound, "There is no event \"\(text.prefix(20))\" of this task.")
        }
        return number
    }
}
