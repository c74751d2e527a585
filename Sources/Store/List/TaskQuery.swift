public import Core

/// Which tasks a list shows, in which order, and which part of them.
public struct TaskQuery: Sendable, Hashable {
    public var filter: TaskFilter
    public var sort: TaskSort
    /// Counted from 1; `cursor` takes its place.
    public var page: Int
    /// Rows a page.
    public var size: Int
    /// Where the page before has ended.
    public var cursor: TaskCursor?
    /// What the duration of tasks that are at work is reckoned to; other figures do not depend on it.
    public var now: Timestamp

    public init(
        _ filter: TaskFilter = TaskFilter(), sort: TaskSort = .newestFirst, page: Int = 1, size: Int = 25,
        cursor: TaskCursor? = nil, now: Timestamp = .now
    ) {
        self.filter = filter
        self.sort = sort
        self.page = page
        self.size = size
        self.cursor = cursor
        self.now = now
    }
}
