public import Core
public import Store

extension JournalStore {
    /// All events of a task at once, oldest first.
    public func events(of task: TaskNumber) throws -> [EventRow] {
        var events: [EventRow] = []
        try forEachEvent(of: task) { events.append($0) }
        return events
    }
}
