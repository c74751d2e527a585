internal import Core

/// The list of tasks at `/tasks`: filters above, below them what changes by itself.
public enum TaskListPage: Sendable {
    /// The whole page.
    public static func document(_ view: TaskListView) -> HTML {
        Layout.document(
            Layout.Page(
                title: title(view), streamPath: streamPath(of: view), isInPlace: true, approvals: view.approvals,
                above: ListToolbar.render(view), fragment: fragment(view), below: SelectionBar.render(view),
                keys: [.list]))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: TaskListView) -> HTML {
        Layout.fragment(
            title: title(view), state: nil, now: view.now, approvals: view.approvals,
            content: """
                \(GroupBar.render(view))\
                \(newer(view), if: view.newer > 0)
                \(content(view))
                """)
    }

    private static func title(_ view: TaskListView) -> String { view.current?.name ?? "Tasks" }

    /// Where the page's stream begins: after what it already shows. There is none behind a page that failed.
    static func streamPath(of view: TaskListView) -> String? {
        if case .failed = view.content { return nil }
        var parts = view.address.query.isEmpty ? [] : [view.address.query]
        if let held = view.held {
            parts.append("held=\(held.map { String($0.rawValue) }.joined(separator: ","))")
            if let newest = view.newest { parts.append("newest=\(newest.rawValue)") }
        }
        return "/tasks/live?\((parts + ["after=\(view.position.rawValue)"]).joined(separator: "&"))"
    }

    private static func content(_ view: TaskListView) -> HTML {
        switch view.content {
        case .failed(let message, let hint): return ListNotices.failed(view, message, hint)
        case .table(let rows):
            guard view.total > 0 || !rows.isEmpty else { return ListNotices.nothing(view) }
            guard !rows.isEmpty else { return ListNotices.beyondTheEnd(view) }
            return TaskTable.render(view, rows)
        case .groups(let groups):
            guard !groups.isEmpty else { return ListNotices.nothing(view) }
            return HTML(groups.map { TaskGroupSection.render($0, in: view) })
        }
    }

    /// Lies above the list, so that nothing moves.
    private static func newer(_ view: TaskListView) -> HTML {
        let isMore = view.newer >= Limits.pageSizeMaximum
        let count = isMore ? "\(view.newer) or more new tasks" : Format.count(view.newer, "new task")
        return """
            <p class="newer" role="status"><a class="button main" href="\(view.address.newest.path)" data-go="top">\(count)</a></p>
            """
    }
}
