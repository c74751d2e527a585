public import Core
public import Store

/// Lists by looking at every task: what a driver with indexes must come to as well.
extension MemoryStore {
    public func tasks(_ query: TaskQuery) throws -> TaskListing {
        try query.cursor?.check(query)
        let now = now
        let conditions = query.filter.conditions
        let found = now.tasks.values.filter { now.matches($0, query.filter, conditions) }
            .map { TaskOrderKey($0, by: query.sort.key, at: query.now) }
            .sorted { query.sort.isDescending ? $1 < $0 : $0 < $1 }
        let start =
            query.cursor.map { cursor in
                found.count { query.sort.isDescending ? $0 >= cursor.last : $0 <= cursor.last }
            } ?? (query.page - 1) * query.size
        let page = Array(found.dropFirst(start).prefix(query.size))
        var listing = TaskListing(
            tasks: page.compactMap { now.tasks[TaskNumber(rawValue: $0.number)] }, total: found.count,
            position: now.newestPosition)
        if start + page.count < found.count, let last = page.last { listing.next = TaskCursor(query, last: last) }
        return listing
    }

    /// The numbers of all tasks.
    public var numbers: [TaskNumber] { now.tasks.keys.sorted() }

    public func taskCounts(_ facet: TaskFacet, _ filter: TaskFilter, limit: Int) -> [TaskCount] {
        let now = now
        var filter = filter
        filter.text = nil
        let conditions = filter.conditions
        var counts: [TaskFacetValue: Int] = [:]
        for task in now.tasks.values where now.matches(task, filter, conditions) {
            for value in now.facetValues[task.number] ?? [] where value.facet == facet {
                counts[value, default: 0] += 1
            }
        }
        let sorted = counts.sorted { left, right in
            left.value == right.value
                ? TaskOrderKey.isBefore(left.key.text, right.key.text) : left.value > right.value
        }
        return sorted.prefix(limit).map { TaskCount($0.key, $0.value) }
    }
}

extension MemoryContents {
    fileprivate func matches(_ task: TaskRow, _ filter: TaskFilter, _ conditions: [[TaskFacetValue]]) -> Bool {
        guard filter.includes(created: task.created) else { return false }
        if !conditions.isEmpty {
            let values = facetValues[task.number] ?? []
            guard conditions.allSatisfy({ condition in values.contains(where: condition.contains) }) else {
                return false
            }
        }
        guard let text = filter.text else { return true }
        return texts[task.number]?.matches(text) ?? (text.number == task.number)
    }
}
