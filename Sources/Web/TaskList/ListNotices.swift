internal import Core

/// What stands in place of tasks: there are none, none fits, or they could not be loaded. Each looks different.
enum ListNotices: Sendable {
    static func nothing(_ view: TaskListView) -> HTML {
        view.address.isFiltered && view.all != 0 ? noneFits(view) : noTasks
    }

    private static let noTasks: HTML = """
        <section class="panel empty">
        <svg class="siding" viewBox="0 0 220 56" aria-hidden="true"><path class="rail" d="M4 40h212M70 40c22 0 20-24 42-24h70"/>\
        <circle cx="24" cy="40" r="6"/><circle cx="150" cy="16" r="6"/><circle cx="120" cy="40" r="6"/><circle cx="192" cy="40" r="6"/></svg>
        <h2>No tasks yet</h2>
        <p>A task appears here as soon as one is started.</p>
        <p><a class="button main" href="/tasks/new">New task</a></p>
        <p class="dim">Or run the example that came with Signalbox:</p>
        <div class="command"><code id="first-command">signalbox run examples/invoices</code>\
        \(Parts.copyButton(element: "first-command", what: "the command"))</div>
        <p class="dim">Programs start tasks with <code>POST /api/tasks</code>. This page shows them live.</p>
        </section>
        """

    /// Which filter is to be relaxed, and what there would be then.
    private static func noneFits(_ view: TaskListView) -> HTML {
        let ways = view.relaxations.map { name, count -> HTML in
            let value = FilterWords.value(view.address.texts[name] ?? "", of: name)
            return """
                <li><a href="\(view.address.with(name, nil).path)" data-go="keep">Without <b>\(FilterWords.label(name)): \
                <span class="name">\(NamedText.render(String(value.prefix(80))))</span></b></a> \
                <span class="number dim">\(Format.count(count, "task"))</span></li>
                """
        }
        return """
            <section class="panel empty unfit"><h2>0 of \(Format.grouped(Int64(view.all ?? 0))) match</h2>
            <p>\(ways.isEmpty ? "No task fits these filters, nor all but one of them." : "No task fits all of these filters.")</p>
            \("<ul class=\"ways\">\(ways)</ul>", if: !ways.isEmpty)
            <p><a class="button" href="\(view.address.unfiltered.path)" data-go="keep">Clear all filters</a></p></section>
            """
    }

    static func beyondTheEnd(_ view: TaskListView) -> HTML {
        """
        <section class="panel empty"><h2>No tasks on page \(view.address.page)</h2>
        <p>There are \(Format.count(view.total, "task")) on \(Format.count(view.pageCount, "page")).</p>
        <p><a class="button" href="\(view.address.onPage(view.pageCount).path)" data-go="top">Go to the last page</a></p></section>
        """
    }

    static func failed(_ view: TaskListView, _ message: String, _ hint: String?) -> HTML {
        """
        <section class="panel empty broken" role="alert">\(Parts.badge(.failed, word: "Not loaded"))
        <h2>The list could not be loaded</h2>
        <p>\(NamedText.render(message))</p>
        \(hint.map { "<p class=\"dim\">\(NamedText.render(Format.capitalized($0)))</p>" as HTML })
        <p class="ways"><a class="button" href="\(view.address.path)" data-go="keep">Try again</a> \
        <a class="button" href="\(view.address.unfiltered.newest.path)" data-go="keep">Clear all filters</a></p></section>
        """
    }
}
