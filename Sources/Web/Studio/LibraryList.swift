internal import Core

/// What the lists of plans and of agents have in common: the headline, the search with the states beside it, the table.
struct LibraryList: Sendable {
    var kind: DocumentKind
    var search: String
    /// The state that is asked for, as it stands in the address; nil for the usual ones.
    var state: String?
    var page: Int
    var pageCount: Int
    /// How many fit.
    var count: Int

    /// The whole page.
    /// - Parameter total: how many there are.
    func document(total: Int, states: [HTML], content: HTML, approvals: Int, now: Timestamp) -> HTML {
        LibraryPage.document(
            title: kind.plural, section: kind.section, approvals: approvals, now: now, isInPlace: true,
            keys: [.library],
            content: """
                <div class="headline"><h1>\(kind.plural)</h1><span class="dim number">\(Format.grouped(Int64(total)))</span>\
                <span class="headline-actions"><a class="button" href="/\(kind.collection)/new#import">Import a file</a>\
                <a class="button main" href="/\(kind.collection)/new">New \(kind.rawValue)</a></span></div>
                \(toolbar(states))
                <p id="list-problem" class="problem" role="alert" hidden></p>
                \(content)
                """)
    }

    private func toolbar(_ states: [HTML]) -> HTML {
        """
        <form class="toolbar" method="get" action="/\(kind.collection)" role="search" data-go="keep">
        <label class="search"><span class="hidden">Search names and descriptions</span>\(Icons.search)\
        <input type="search" id="search" name="search" value="\(search)" maxlength="\(Limits.searchTextLengthMaximum)" \
        placeholder="Search \(kind.collection)" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>\
        <kbd aria-hidden="true">/</kbd></label>
        \(state.map { "<input type=\"hidden\" name=\"state\" value=\"\($0)\">" as HTML })\
        <nav class="layouts states" aria-label="State">\(states)</nav>
        </form>
        """
    }

    /// The way to those in a state.
    func link(to state: String?, _ name: String, count: Int) -> HTML {
        """
        <a href="\(address(state: state))" data-go="keep"\
        \(attribute: "aria-current", state == self.state ? "true" : nil)>\(name) \
        <span class="number">\(Format.grouped(Int64(count)))</span></a>
        """
    }

    private func address(state: String?, page: Int = 1) -> String {
        var parts: [String] = []
        if !search.isEmpty { parts.append("search=\(Escape.part(search))") }
        if let state { parts.append("state=\(state)") }
        if page > 1 { parts.append("page=\(page)") }
        return parts.isEmpty ? "/\(kind.collection)" : "/\(kind.collection)?\(parts.joined(separator: "&"))"
    }

    /// The rows with the ways to the other pages.
    func table(_ heads: HTML, _ rows: [HTML], pageSize: Int) -> HTML {
        let pager = Pager(page: page, pageCount: pageCount, pageSize: pageSize, total: count, isInPlace: true)
        return """
            <section class="panel library" aria-label="\(kind.plural)"><table>
            <thead><tr>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></section>
            \(pager.render { address(state: state, page: $0) }, if: pageCount > 1)
            """
    }

    /// Where none fits: what is said of it, and the way back to all.
    func nothingFits(_ words: HTML = .empty) -> HTML {
        """
        <section class="panel empty"><h2>No \(kind.rawValue) fits</h2>
        \(words)<p><a class="button" href="/\(kind.collection)" data-go="keep">Show all \(kind.collection)</a></p></section>
        """
    }
}
