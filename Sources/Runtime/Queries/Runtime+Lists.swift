public import Core
internal import Engine
public import Store

/// Lists of tasks, for pages and the API.
extension Runtime {
    /// A part of a list of tasks.
    /// - Throws: `SignalboxError` with code `invalid_input` for a cursor of another query and for a text that is too short.
    public func tasks(_ query: TaskQuery) async throws -> TaskListing { try await store.tasks(query) }

    /// How many tasks there are in each group, those without any included.
    /// - Parameter filter: its groups and its text are left aside, so that each group says what it would show.
    public func groupCounts(_ filter: TaskFilter = TaskFilter()) async throws -> [(group: TaskGroup, count: Int)] {
        var filter = filter
        filter.groups = []
        let counts = try await store.taskCounts(.group, filter, limit: TaskGroup.allCases.count)
        return TaskGroup.allCases.map { group in
            (group, counts.first { $0.value.text == group.rawValue }?.count ?? 0)
        }
    }

    /// The values of a facet that tasks really have, the most frequent first.
    public func taskCounts(
        _ facet: TaskFacet, _ filter: TaskFilter = TaskFilter(), limit: Int = Limits.countedValuesMaximum
    ) async throws -> [TaskCount] {
        try await store.taskCounts(facet, filter, limit: limit)
    }

    /// All tasks that a filter finds, oldest first.
    /// - Throws: what `refusal` gives when there are more than so many.
    func allTasks(
        _ filter: TaskFilter, maximum: Int, _ refusal: () -> SignalboxError
    ) async throws -> [TaskRow] {
        var query = TaskQuery(
            filter, sort: TaskSort(.created, isDescending: false), size: Limits.pageSizeMaximum)
        var found: [TaskRow] = []
        while true {
            let listing = try await store.tasks(query)
            found += listing.tasks
            guard max(found.count, listing.total) <= maximum else { throw refusal() }
            guard let next = listing.next else { return found }
            query.cursor = next
        }
    }
}
