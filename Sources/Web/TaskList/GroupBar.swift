internal import Core
internal import Store

/// The groups above the list, each with how many tasks it has; a click leaves only that one.
enum GroupBar: Sendable {
    static func render(_ view: TaskListView) -> HTML {
        let address = view.address
        let chosen = address.texts["group"]
        let all = view.counts.map { $0.values.reduce(0, +) }
        let links = TaskGroup.allCases.map { group -> HTML in
            let (word, state) = FilterWords.group(group)
            // A click on the chosen one takes it back.
            let isChosen = chosen == group.rawValue
            let path = address.with("group", isChosen ? nil : group.rawValue).path
            return """
                <a class="tone-\(state.tone.rawValue)\(view.counts?[group] == 0 ? " none" : "")" href="\(path)" data-go="keep"\
                \(attribute: "aria-current", isChosen ? "true" : nil)>\(Icons.lamp(state))\(word)\
                \(count(view.counts?[group], isExact: view.isTotalExact))</a>
                """
        }
        return """
            <nav class="groups" aria-label="Groups"><a href="\(address.with("group", nil).path)" data-go="keep"\
            \(attribute: "aria-current", chosen == nil ? "true" : nil)>All\(count(all, isExact: view.isTotalExact))</a>\
            \(links)</nav>
            """
    }

    private static func count(_ count: Int?, isExact: Bool) -> HTML {
        guard let count else { return .empty }
        let isMore = !isExact && count >= Limits.countedTasksMaximum
        return " <span class=\"number\">\(Format.grouped(Int64(count)))\(isMore ? "+" : "")</span>"
    }
}
