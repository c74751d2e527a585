internal import API
internal import Core

/// The command palette: go to a task, a page, or do what the page offers. The script opens it as a dialog; without one it
/// is a page of its own.
enum Palette: Sendable {
    /// The dialog that stands on each page, empty until it is opened.
    static let dialog: HTML = """
        <dialog id="palette" class="palette" aria-label="Command palette">
        <form action="/palette" method="get" role="search">\(Icons.search)\
        <input id="palette-input" name="q" type="text" role="combobox" aria-expanded="false" \
        aria-controls="palette-list" aria-autocomplete="list" aria-label="Task, page or action" \
        placeholder="Task, page or action" autocomplete="off" autocapitalize="off" spellcheck="false" \
        maxlength="\(Limits.searchTextLengthMaximum)"><kbd aria-hidden="true">Esc</kbd></form>
        <div id="palette-list" role="listbox" aria-label="Results" hidden>\
        <div id="palette-actions" role="presentation"></div><div id="palette-results" role="presentation"></div></div>
        <p id="palette-status" role="status"></p>
        <p class="palette-foot" aria-hidden="true"><span><kbd>↑</kbd><kbd>↓</kbd> choose</span>\
        <span><kbd>Enter</kbd> go</span><span class="of-empty"><kbd>?</kbd> all keys</span></p>
        </dialog>
        """

    /// What the script puts into the dialog.
    static func results(_ view: PaletteView) -> HTML {
        """
        <div role="presentation" data-query="\(view.query)" data-status="\(status(view))">\(groups(view, isList: true))</div>
        """
    }

    /// The same as a page.
    static func document(_ view: PaletteView) -> HTML {
        Layout.document(
            Layout.Page(
                title: "Go to", streamPath: nil, section: .reference, approvals: view.approvals,
                fragment: """
                    <section class="panel palette-page"><h1>Go to a task or a page</h1>
                    <form action="/palette" method="get" role="search"><label class="field"><span>Task number, words of a task, \
                    or a page</span><input type="text" name="q" value="\(view.query)" \
                    maxlength="\(Limits.searchTextLengthMaximum)" autofocus></label><button class="main">Go</button></form>
                    <p role="status">\(status(view))</p>\(groups(view, isList: false))</section>
                    """))
    }

    /// What is said of the results; never mistaken for one.
    private static func status(_ view: PaletteView) -> String {
        if let number = view.number, view.numbered == nil, view.isEmpty {
            return "There is no task \(number)."
        }
        if view.isEmpty { return "No task and no page fits “\(NamedText.plain(view.query))”." }
        return ""
    }

    private static func groups(_ view: PaletteView, isList: Bool) -> HTML {
        var tasks = view.tasks.filter { $0.number != view.numbered?.number }
        if let numbered = view.numbered { tasks.insert(numbered, at: 0) }
        let shown = tasks.map { option("task-\($0.number.rawValue)", "/tasks/\($0.number.rawValue)", task($0), isList) }
        let more = isMore(view) ? [all(view, isList)] : []
        let places = view.places.enumerated().map { place, there -> HTML in
            let note: HTML = there.note.map { "<span class=\"dim\">\($0)</span>" } ?? .empty
            let word: HTML = "<span class=\"name\">\(NamedText.render(there.word))</span>\(note)"
            return option("place-\(place)", there.path, word, isList)
        }
        return """
            \(group(view.query.isEmpty ? "Newest tasks" : "Tasks", shown + more, isList))\
            \(group("Go to", places, isList))
            """
    }

    private static func isMore(_ view: PaletteView) -> Bool {
        !view.query.isEmpty && view.total > view.tasks.count
    }

    /// The list with all that fit.
    private static func all(_ view: PaletteView, _ isList: Bool) -> HTML {
        let path = TaskListAddress(["search": view.query]).path
        let count = Format.grouped(Int64(view.total)) + (view.isTotalExact ? "" : "+")
        return option("all", path, "<span class=\"name\">All \(count) tasks that fit</span>", isList)
    }

    private static func task(_ row: TaskRowView) -> HTML {
        """
        <span class="tone-\(row.state.tone.rawValue)">\(Icons.lamp(row.state))</span><span class="ordinal">\(row.number.description)</span>\
        <span class="name">\(NamedText.render(row.name))</span><span class="dim">\(row.word)</span>
        """
    }

    private static func group(_ name: String, _ options: [HTML], _ isList: Bool) -> HTML {
        guard !options.isEmpty else { return .empty }
        guard isList else { return "<h2>\(name)</h2><ul>\(options)</ul>" }
        return """
            <div role="group" aria-label="\(name)"><div class="palette-heading" aria-hidden="true">\(name)</div>\(options)</div>
            """
    }

    private static func option(_ id: String, _ path: String, _ content: HTML, _ isList: Bool) -> HTML {
        guard isList else { return "<li><a href=\"\(path)\">\(content)</a></li>" }
        return """
            <a id="palette-\(id)" role="option" aria-selected="false" tabindex="-1" href="\(path)">\(content)</a>
            """
    }
}
