internal import Core

/// The list of agents at `/agents`.
enum AgentsPage: Sendable {
    static func document(_ view: AgentListView) -> HTML {
        LibraryPage.document(
            title: "Agents", section: .agents, approvals: view.approvals, now: view.now, isInPlace: true,
            keys: [.library],
            content: """
                <div class="headline"><h1>Agents</h1><span class="dim number">\(Format.grouped(Int64(view.total)))</span>\
                <span class="headline-actions"><a class="button" href="/agents/new#import">Import a file</a>\
                <a class="button main" href="/agents/new">New agent</a></span></div>
                \(toolbar(view))
                <p id="list-problem" class="problem" role="alert" hidden></p>
                \(content(view))
                """)
    }

    private static func toolbar(_ view: AgentListView) -> HTML {
        let archived: HTML = """
            <a href="\(path(view.search, isArchived: true))" data-go="keep"\
            \(attribute: "aria-current", view.isArchived ? "true" : nil)>Archived <span class="number">\
            \(Format.grouped(Int64(view.archived)))</span></a>
            """
        return """
            <form class="toolbar" method="get" action="/agents" role="search" data-go="keep">
            <label class="search"><span class="hidden">Search names and descriptions</span>\(Icons.search)\
            <input type="search" id="search" name="search" value="\(view.search)" maxlength="\(Limits.searchTextLengthMaximum)" \
            placeholder="Search agents" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>\
            <kbd aria-hidden="true">/</kbd></label>
            \("<input type=\"hidden\" name=\"state\" value=\"archived\">", if: view.isArchived)\
            <nav class="layouts states" aria-label="State"><a href="\(path(view.search, isArchived: false))" data-go="keep"\
            \(attribute: "aria-current", view.isArchived ? nil : "true")>In use <span class="number">\
            \(Format.grouped(Int64(view.total)))</span></a>\(archived)</nav>
            </form>
            """
    }

    private static func path(_ search: String, isArchived: Bool, page: Int = 1) -> String {
        var parts: [String] = []
        if !search.isEmpty { parts.append("search=\(Escape.part(search))") }
        if isArchived { parts.append("state=archived") }
        if page > 1 { parts.append("page=\(page)") }
        return parts.isEmpty ? "/agents" : "/agents?\(parts.joined(separator: "&"))"
    }

    private static func content(_ view: AgentListView) -> HTML {
        guard !view.rows.isEmpty else { return nothing(view) }
        let pager = Pager(
            page: view.page, pageCount: view.pageCount, pageSize: AgentListView.pageSize, total: view.rows.count,
            isInPlace: true)
        return """
            <section class="panel library" aria-label="Agents"><table>
            <thead><tr><th>Agent</th><th>Model</th><th>Latest version</th><th>Plans</th></tr></thead>
            <tbody>\(view.shown.map { row($0, now: view.now) })</tbody></table></section>
            \(pager.render { path(view.search, isArchived: view.isArchived, page: $0) }, if: view.pageCount > 1)
            """
    }

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

    private static func nothing(_ view: AgentListView) -> HTML {
        guard view.total == 0, !view.isArchived, view.search.isEmpty else {
            return """
                <section class="panel empty"><h2>No agent fits</h2>
                <p><a class="button" href="/agents" data-go="keep">Show all agents</a></p></section>
                """
        }
        return """
            <section class="panel empty"><h2>No agents in the library yet</h2>
            <p>An agent is a model with instructions and tools. A plan can write its own; one that several plans use stands \
            here, and each of them names it: <code>library: NAME</code>. What it remembers stays with it.</p>
            <p class="ways"><a class="button main" href="/agents/new">Write one</a></p></section>
            """
    }
}
