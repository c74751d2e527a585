internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads what the timeline of a task shows.
enum TimelinePart: Sendable {
    /// How many of the newest events it shows.
    private static let eventsMaximum = 200

    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> TimelineView {
        let events = try await runtime.store.newestEvents(of: task.number, limit: eventsMaximum)
        return TimelineView(events: try EventView.timeline(events[...]))
    }
}
