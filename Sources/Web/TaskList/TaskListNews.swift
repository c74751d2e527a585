internal import Core

/// What brings a page of the list from what it shows to what there is now: single rows where that is enough, since most
/// changes concern one task of many; else all of it.
enum TaskListNews: Sendable {
    /// - Parameter shown: what the page shows; nil when nobody knows.
    /// - Returns: nil when nothing of it has changed.
    static func message(_ shown: TaskListView?, _ view: TaskListView) -> HTML? {
        guard let shown else { return TaskListPage.fragment(view) }
        guard case .table(let old) = shown.content, case .table(let new) = view.content, !old.isEmpty, !new.isEmpty,
            let rows = rows(old, new, view)
        else { return whole(shown, view) }
        var pieces = rows
        add(TaskListPage.newer(shown), TaskListPage.newer(view), as: "list-newer", to: &pieces)
        add(GroupBar.render(shown), GroupBar.render(view), as: "list-groups", to: &pieces)
        add(TaskTable.below(shown), TaskTable.below(view), as: "list-below", to: &pieces)
        guard !pieces.isEmpty || shown.approvals != view.approvals else { return nil }
        pieces.append(partial("page-facts", TaskListPage.facts(view)))
        return HTML(pieces)
    }

    private static func whole(_ shown: TaskListView, _ view: TaskListView) -> HTML? {
        var earlier = shown
        earlier.now = view.now
        let fragment = TaskListPage.fragment(view)
        return TaskListPage.fragment(earlier) == fragment ? nil : fragment
    }

    /// The rows that changed, came in front of the others or have gone; nil when they stand in another order.
    private static func rows(_ old: [TaskRowView], _ new: [TaskRowView], _ view: TaskListView) -> [HTML]? {
        var known: [TaskNumber: TaskRowView] = [:]
        for row in old { known[row.number] = row }
        let left = Set(new.map(\.number))
        let came = new.prefix { known[$0.number] == nil }
        let stayed = new.dropFirst(came.count)
        guard stayed.map(\.number) == old.map(\.number).filter(left.contains) else { return nil }
        func html(_ row: TaskRowView) -> HTML {
            TaskListRow.render(row, isStartedShown: view.address.isStartedShown, now: view.now)
        }
        var pieces = old.filter { !left.contains($0.number) }.map { row -> HTML in
            "<template hx type=\"partial\" hx-target=\"#task-\(row.number.rawValue)\" hx-swap=\"delete\"></template>"
        }
        for row in stayed where known[row.number] != row {
            pieces.append(partial("task-\(row.number.rawValue)", html(row)))
        }
        if !came.isEmpty {
            pieces.append(
                """
                <template hx type="partial" hx-target="#list-rows" hx-swap="afterbegin">\(came.map(html))</template>
                """)
        }
        return pieces
    }

    private static func add(_ old: HTML, _ new: HTML, as id: StaticString, to pieces: inout [HTML]) {
        if old != new { pieces.append(partial("\(id)", new)) }
    }

    /// A part of the page that takes the place of the element of the same id.
    static func partial(_ id: String, _ content: HTML) -> HTML {
        "<template hx type=\"partial\" hx-target=\"#\(id)\" hx-swap=\"outerMorph\">\(content)</template>\n"
    }
}
