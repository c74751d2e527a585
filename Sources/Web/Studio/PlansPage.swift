internal import Core

/// The list of plans at `/plans`.
enum PlansPage: Sendable {
    static func document(_ view: PlanListView) -> HTML {
        LibraryPage.document(
            title: "Plans", section: .plans, approvals: view.approvals, now: view.now, isInPlace: true,
            keys: [.library],
            content: """
                <div class="headline"><h1>Plans</h1><span class="dim number">\(Format.grouped(Int64(view.total)))</span>\
                <span class="headline-actions"><a class="button" href="/plans/new#import">Import a file</a>\
                <a class="button main" href="/plans/new">New plan</a></span></div>
                \(toolbar(view))
                <p id="list-problem" class="problem" role="alert" hidden></p>
                \(content(view))
                """)
    }

    private static func toolbar(_ view: PlanListView) -> HTML {
        let states = [nil] + LibraryState.allCases.map(Optional.some)
        let links = states.map { state -> HTML in
            let count = state.map { view.counts[$0] ?? 0 } ?? view.total
            return """
                <a href="\(path(search: view.search, state: state))" data-go="keep"\
                \(attribute: "aria-current", state == view.state ? "true" : nil)>\(state?.word ?? "All") \
                <span class="number">\(Format.grouped(Int64(count)))</span></a>
                """
        }
        return """
            <form class="toolbar" method="get" action="/plans" role="search" data-go="keep">
            <label class="search"><span class="hidden">Search names and descriptions</span>\(Icons.search)\
            <input type="search" id="search" name="search" value="\(view.search)" maxlength="\(Limits.searchTextLengthMaximum)" \
            placeholder="Search plans" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>\
            <kbd aria-hidden="true">/</kbd></label>
            \(view.state.map { "<input type=\"hidden\" name=\"state\" value=\"\($0.rawValue)\">" as HTML })\
            <nav class="layouts states" aria-label="State">\(links)</nav>
            </form>
            """
    }

    private static func path(search: String, state: LibraryState?, page: Int = 1) -> String {
        var parts: [String] = []
        if !search.isEmpty { parts.append("search=\(Escape.part(search))") }
        if let state { parts.append("state=\(state.rawValue)") }
        if page > 1 { parts.append("page=\(page)") }
        return parts.isEmpty ? "/plans" : "/plans?\(parts.joined(separator: "&"))"
    }

    private static func content(_ view: PlanListView) -> HTML {
        guard !view.rows.isEmpty else { return nothing(view) }
        let pager = Pager(
            page: view.page, pageCount: view.pageCount, pageSize: PlanListView.pageSize, total: view.rows.count,
            isInPlace: true)
        return """
            <section class="panel library" aria-label="Plans"><table>
            <thead><tr><th>Plan</th><th>State</th><th>Latest version</th><th class="right">Tasks</th>\
            <th><span class="hidden">Actions</span></th></tr></thead>
            <tbody>\(view.shown.map { row($0, now: view.now) })</tbody></table></section>
            \(pager.render { path(search: view.search, state: view.state, page: $0) }, if: view.pageCount > 1)
            """
    }

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

    private static func nothing(_ view: PlanListView) -> HTML {
        guard view.total == 0, (view.counts[.archived] ?? 0) == 0 else {
            return """
                <section class="panel empty"><h2>No plan fits</h2>
                <p>\(Format.count(view.total, "plan")) \(view.total == 1 ? "is" : "are") saved, and \
                \(Format.grouped(Int64(view.counts[.archived] ?? 0))) archived.</p>
                <p><a class="button" href="/plans" data-go="keep">Show all plans</a></p></section>
                """
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
