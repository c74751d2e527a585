public import Core

/// A page of the journal.
public struct EventPage: Sendable {
    public var events: [TaskEvent]
    /// After which position the next page begins.
    public var next: Position
    /// Whether there was more than this page holds when it was asked for.
    public var hasMore: Bool

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a page of events")
        events = try fields.array("events").map(TaskEvent.init)
        next = Position(rawValue: try fields.integer("next"))
        hasMore = json["has_more"]?.boolValue ?? false
    }
}
