internal import Core
internal import Store

/// Carries out one query of a list, within one read transaction: first which tasks are meant, as a bitmap, then which of them
/// stand on the page.
struct TaskListReader {
    let connection: SQLiteConnection
    let query: TaskQuery
    let bounds: ListBounds

    /// The page, and how many tasks there are.
    func listing() throws -> TaskListing {
        try query.cursor?.check(query)
        var matches = try TaskMatcher(connection, query.filter).matches()
        let order = TaskOrder(connection, query.sort, at: query.now, bounds)
        var page: Page?
        if let text = query.filter.text {
            let search = try TextSearch(connection, text, bounds)
            if case .many(let share) = try search.narrow(&matches) {
                page = try search.page(of: query, matches, share: share, order)
            }
        }
        let isExact = page == nil
        let found = try page ?? self.page(matches, order)
        var listing = TaskListing(
            tasks: try rows(found.keys), total: isExact ? matches.count : bounds.counted, isTotalExact: isExact,
            position: try connection.newestPosition())
        if found.hasMore, let last = found.keys.last { listing.next = TaskCursor(query, last: last) }
        return listing
    }

    /// Rows of one page as places in the order.
    struct Page {
        var keys: [TaskOrderKey] = []
        var hasMore = false
    }

    private func page(_ matches: TaskMatches, _ order: TaskOrder) throws -> Page {
        let start =
            try query.cursor.map { try order.rank(behind: $0.last, among: matches) }
            ?? (query.page - 1) * query.size
        let keys = try order.keys(of: matches, from: start, limit: query.size)
        return Page(keys: keys, hasMore: start + keys.count < matches.count)
    }

    private func rows(_ keys: [TaskOrderKey]) throws -> [TaskRow] {
        let statement = try connection.statement("SELECT \(TaskRow.columns) FROM task WHERE number = ?")
        return try keys.compactMap { try statement.row(.integer($0.number), as: TaskRow.init) }
    }
}
