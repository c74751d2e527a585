internal import Core

/// The list of plans at `/plans`.
enum PlansPage: Sendable {
    static func document(_ view: PlanListView) -> HTML {
        let list = LibraryList(
            kind: .plan, search: view.search, state: view.state?.rawValue, page: view.page, pageCount: view.pageCount,
            count: view.rows.count)
        let states = LibraryState.allCases.map {
            list.link(to: $0.rawValue, $0.word, count: view.counts[$0] ?? 0)
        }
        return list.document(
            total: view.total, states: [list.link(to: nil, "All", count: view.total)] + states,
            content: view.rows.isEmpty
                ? nothing(view, list)
                : list.table(heads, view.shown.map { row($0, now: view.now) }, pageSize: PlanListView.pageSize),
            approvals: view.approvals, now: view.now)
    }

    private static let heads: HTML = """
        <th>Plan</th><th>State</th><th>Latest version</th><th class="right">Tasks</th>\
        <th><span class="hidden">Actions</span></th>
        """

    private static func row(_ row: PlanListView.Row, now: Timestamp) -> HTML {
        let run: HTML = """
            <a class="button" href="/tasks/new?mode=plan&plan=\(Escape.part(row.name))" \
            aria-label="Run \(row.name)">Run</a>
            """
        return """
            <tr data-row><td class="what"><a class="cover" href="\(DocumentKind.plan.path(row.name))">\
            <span class="name">\(row.name)</span></a>\
            \(row.summary.map { "<p class=\"about\">\(NamedText.render($0))</p>" as HTML })</td>
            <td><span class="standings">\(row.states.map(\.label))</span></td>
            <td class="latest">\(LibraryPage.version(row.version))\
            \("<span class=\"label\" title=\"The published version is an earlier one\">ahead</span>", if: row.isAhead) \
            \(LibraryPage.saved(by: row.author, at: row.savedAt, note: row.note, now: now))</td>
            <td class="right number">\(tasks(row))</td>
            <td class="right">\(run, if: !row.isArchived)</td></tr>

            """
    }

    private static func tasks(_ row: PlanListView.Row) -> HTML {
        guard row.taskCount > 0 else { return Parts.absent("It has not run yet") }
        return """
            <a href="/tasks?plan=\(Escape.part(row.name))" title="Its tasks">\(Format.grouped(Int64(row.taskCount)))</a>
            """
    }

    private static func nothing(_ view: PlanListView, _ list: LibraryList) -> HTML {
        let archived = view.counts[.archived] ?? 0
        guard view.total == 0, archived == 0 else {
            return list.nothingFits(
                """
                <p>\(Format.count(view.total, "plan")) \(view.total == 1 ? "is" : "are") saved, and \
                \(Format.grouped(Int64(archived))) archived.</p>

                """)
        }
        return """
            <section class="panel empty"><h2>No plans yet</h2>
            <p>A plan says what is to be done: its steps, its agents, its inputs and limits. Each time it is saved it gets a \
            new version, and tasks keep the one that they began with.</p>
            <p class="ways"><a class="button main" href="/plans/new">Write one</a></p>
            <div class="command"><code id="first-command">signalbox plans save examples/invoices</code>\
            \(Parts.copyButton(element: "first-command", what: "the command"))</div></section>
            """
    }
}
