internal import Core

/// Search, filters, named views and layouts, and what is left out by them. It stands above what changes by itself.
enum ListToolbar: Sendable {
    static func render(_ view: TaskListView) -> HTML {
        let address = view.address
        return """
            <div class="headline list-head"><h1>\(NamedText.render(view.current?.name ?? "Tasks"))</h1>\
            <a class="button main" href="/tasks/new">New task</a></div>
            <div class="toolbar">
            <form id="filters" class="filters" method="get" action="/tasks" role="search" data-go="keep">
            <label class="search"><span class="hidden">Search name, number and prompt</span>\(Icons.search)\
            <input type="search" id="search" name="search" value="\(address.texts["search"])" maxlength="\(Limits.searchTextLengthMaximum)" \
            placeholder="Search name, number, prompt" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip \
            data-typed><kbd aria-hidden="true">/</kbd></label>
            \(FilterMenu.render(view))
            \(carried(address))
            </form>
            \(ViewsMenu.render(view))
            \(layouts(address))
            <a class="button refresh" href="\(address.path)" data-go="keep" title="Load the list again" \
            data-action="Load the list again">\(Icons.refresh)\
            <span class="hidden">Refresh</span></a>
            </div>
            \(chips(address))
            <p id="list-problem" class="problem" role="alert" hidden></p>

            """
    }

    /// What the form sends beside its fields, so that only the filters change.
    private static func carried(_ address: TaskListAddress) -> HTML {
        var pairs = ["group", "sort", "size"].compactMap { name in address.texts[name].map { (name, $0) } }
        if address.layout != .table { pairs.append(("layout", address.layout.rawValue)) }
        if address.isStartedShown { pairs.append(("started", "shown")) }
        return HTML(pairs.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" })
    }

    private static func layouts(_ address: TaskListAddress) -> HTML {
        let links = TaskListAddress.Layout.allCases.map { layout -> HTML in
            let other = address.changing { address in
                address.layout = layout
                address.goToTheBeginning()
            }
            let isCurrent = layout == address.layout
            let action = layout == .table ? "Show a table" : "Show groups"
            return """
                <a href="\(other.path)" data-go="keep"\(attribute: "aria-current", isCurrent ? "true" : nil)\
                \(attribute: "data-action", isCurrent ? nil : action)>\
                \(layout == .table ? Icons.rows : Icons.cards)<span>\(layout == .table ? "Table" : "Groups")</span></a>
                """
        }
        return "<nav class=\"layouts\" aria-label=\"Layout\">\(links)</nav>"
    }

    /// What is left out, each with a link that takes it back.
    private static func chips(_ address: TaskListAddress) -> HTML {
        let filters = address.filters.filter { $0.name != "zone" && $0.name != "group" }
        guard !filters.isEmpty else { return .empty }
        let chips = filters.map { name, value -> HTML in
            let words = String(FilterWords.value(value, of: name).prefix(80))
            return """
                <li><span class="list-chip"><span class="dim">\(FilterWords.label(name))</span> \
                <span class="name">\(NamedText.render(words))</span>\
                <a href="\(address.with(name, nil).path)" data-go="keep" \
                aria-label="Remove the filter \(FilterWords.label(name)): \(NamedText.plain(words))">\(Icons.close)</a></span></li>
                """
        }
        return """
            <ul class="list-chips" aria-label="Filters">\(chips)\
            <li><a class="quiet button" href="\(address.unfiltered.path)" data-go="keep" data-action="Clear all filters">Clear all</a></li></ul>
            """
    }
}
