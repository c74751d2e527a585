public import Core
internal import Store

extension Runtime {
    /// A reader of what happens after a position.
    /// - Parameter countAtOnce: how many events it gets at once.
    public func reader(of filter: LiveFilter, after position: Position, countAtOnce: Int) -> LiveReader {
        LiveReader(feed, deltas, filter, after: position, countAtOnce: countAtOnce)
    }

    /// What is missing behind a position for those who read page by page; nil when nothing is.
    public func gap(after position: Position, of task: TaskNumber?) async throws -> LiveResync? {
        guard position > .zero else { return nil }
        if position > (try await store.newestPosition()) {
            return LiveResync(reason: .unknownPosition, after: position, position: .zero)
        }
        guard task == nil, try await store.newestDeletedPosition() > position else { return nil }
        return LiveResync(reason: .deleted, after: position, position: position)
    }
}
