internal import Core

/// The list of agents at `/agents`.
enum AgentsPage: Sendable {
    static func document(_ view: AgentListView) -> HTML {
        let list = LibraryList(
            kind: .agent, search: view.search, state: view.isArchived ? archived : nil, page: view.page,
            pageCount: view.pageCount, count: view.rows.count)
        return list.document(
            total: view.total,
            states: [
                list.link(to: nil, "In use", count: view.total),
                list.link(to: archived, "Archived", count: view.archived),
            ],
            content: view.rows.isEmpty
                ? nothing(view, list)
                : list.table(
                    "<th>Agent</th><th>Model</th><th>Latest version</th><th>Plans</th>",
                    view.shown.map { row($0, now: view.now) }, pageSize: AgentListView.pageSize),
            approvals: view.approvals, now: view.now)
    }

    private static let archived = "archived"

    private static func row(_ row: AgentListView.Row, now: Timestamp) -> HTML {
        """
        <tr data-row><td class="what"><a class="cover" href="\(DocumentKind.agent.path(row.name))">\
        <span class="name">\(row.name)</span></a>\
        \(row.summary.map { "<p class=\"about\">\(NamedText.render($0))</p>" as HTML })</td>
        <td>\(AgentPage.model(row.model))</td>
        <td class="latest">\(LibraryPage.version(row.version)) \
        \(LibraryPage.saved(by: nil, at: row.savedAt, note: nil, now: now))</td>
        <td>\(AgentPage.plans(row.plans, none: "No saved plan takes it from the library"))</td></tr>

        """
    }

    private static func nothing(_ view: AgentListView, _ list: LibraryList) -> HTML {
        guard view.total == 0, !view.isArchived, view.search.isEmpty else { return list.nothingFits() }
        return """
            <section class="panel empty"><h2>No agents in the library yet</h2>
            <p>An agent is a model with instructions and tools. A plan can write its own; one that several plans use stands \
            here, and each of them names it: <code>library: NAME</code>. What it remembers stays with it.</p>
            <p class="ways"><a class="button main" href="/agents/new">Write one</a></p></section>
            """
    }
}
