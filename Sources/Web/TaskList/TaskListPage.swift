internal import Core

/// The list of tasks at `/tasks`.
public enum TaskListPage: Sendable {
    /// The whole page.
    public static func document(_ view: TaskListView) -> HTML {
        Layout.document(
            Layout.Page(
                title: "Tasks", streamPath: streamPath(of: view), approvals: view.approvals, fragment: fragment(view)))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: TaskListView) -> HTML {
        Layout.fragment(
            title: "Tasks", state: nil, now: view.now, approvals: view.approvals,
            content: """
                <div class="headline"><h1>Tasks</h1><span class="dim number">\(Format.grouped(Int64(view.total)))</span></div>
                \(view.total == 0 ? emptyState : table(view))
                """)
    }

    /// Where the page's stream begins: after what it already shows.
    static func streamPath(of view: TaskListView) -> String {
        "/tasks/live?page=\(view.page)&after=\(view.position.rawValue)"
    }

    private static func table(_ view: TaskListView) -> HTML {
        guard !view.rows.isEmpty else { return beyondTheEnd(view) }
        return """
            <div class="panel list">
            <table role="table" aria-label="Tasks, newest first">
            <thead role="rowgroup"><tr role="row">\(headings)</tr></thead>
            <tbody role="rowgroup">
            \(view.rows.map { TaskListRow.render($0, now: view.now) })
            </tbody>
            </table>
            </div>
            \(Pager.render(page: view.page, pageCount: view.pageCount, pageSize: TaskListView.pageSize, total: view.total, path: "/tasks"), if: view.pageCount > 1)
            """
    }

    private static let headings: HTML = """
        <th role="columnheader" scope="col" class="column-status">Status</th>\
        <th role="columnheader" scope="col" class="column-task">Task</th>\
        <th role="columnheader" scope="col" class="column-trigger">Trigger</th>\
        <th role="columnheader" scope="col" class="column-steps">Steps</th>\
        <th role="columnheader" scope="col" class="column-duration">Duration</th>\
        <th role="columnheader" scope="col" class="column-tokens">Tokens</th>\
        <th role="columnheader" scope="col" class="column-cost">Est. cost</th>\
        <th role="columnheader" scope="col" class="column-created">Created</th>
        """

    private static let emptyState: HTML = """
        <section class="panel empty">
        <svg class="siding" viewBox="0 0 220 56" aria-hidden="true"><path class="rail" d="M4 40h212M70 40c22 0 20-24 42-24h70"/>\
        <circle cx="24" cy="40" r="6"/><circle cx="150" cy="16" r="6"/><circle cx="120" cy="40" r="6"/><circle cx="192" cy="40" r="6"/></svg>
        <h2>No tasks yet</h2>
        <p>A task appears here as soon as a plan runs. Start the example that came with Signalbox:</p>
        <div class="command"><code id="first-command">signalbox run examples/invoices</code>\
        \(Parts.copyButton(element: "first-command", what: "the command"))</div>
        <p class="dim">Programs start tasks with <code>POST /api/tasks</code>. This page shows them live.</p>
        </section>
        """

    private static func beyondTheEnd(_ view: TaskListView) -> HTML {
        """
        <section class="panel empty"><h2>No tasks on page \(view.page)</h2>
        <p>There are \(Format.count(view.total, "task")) on \(Format.count(view.pageCount, "page")).</p>
        <p><a class="button" href="/tasks?page=\(view.pageCount)">Go to the last page</a></p></section>
        """
    }
}
