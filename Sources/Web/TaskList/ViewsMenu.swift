internal import Core

/// What was typed as the name of a view, and why it was not kept.
struct SaveViewState: Sendable {
    var name = ""
    var message: String?
    /// Whether there is a view of this name, which can be replaced.
    var isTaken = false
}

/// The lists that are kept under names: open, save, forget.
enum ViewsMenu: Sendable {
    static func render(_ view: TaskListView) -> HTML {
        let current = view.current
        let rows = view.named.map { named -> HTML in
            """
            <li><a href="\(named.address.path)" data-go="keep"\
            \(attribute: "aria-current", named.name == current?.name ? "true" : nil)><span class="name">\
            \(NamedText.render(named.name))</span></a>\
            <form method="post" action="/tasks/views/delete" hx-post="/tasks/views/delete" hx-swap="none" \
            hx-disable="find button"><input type="hidden" name="name" value="\(named.name)">\
            <input type="hidden" name="list" value="\(view.address.query)">\
            <button class="icon quiet" aria-label="Forget the view \(NamedText.plain(named.name))" title="Forget">\
            \(Icons.close)</button></form></li>
            """
        }
        return """
            <details class="menu" id="views-menu"><summary class="button">\(Icons.bookmark)<span>Views</span></summary>
            <div class="sheet narrow">\
            \("<ul class=\"named\">\(rows)</ul>", if: !rows.isEmpty)\
            \("<p class=\"dim\">A view keeps filters and order under a name.</p>", if: rows.isEmpty)\
            \(form(view.address, SaveViewState()), if: !view.address.viewQuery.isEmpty && current == nil)\
            \("<p class=\"dim\">Set a filter or an order to save it here.</p>", if: view.address.viewQuery.isEmpty)</div></details>
            """
    }

    /// The form that keeps the list as it is.
    static func form(_ address: TaskListAddress, _ state: SaveViewState) -> HTML {
        """
        <form class="save-view" id="save-view" method="post" action="/tasks/views" hx-post="/tasks/views" hx-swap="none" \
        hx-status:422="swap:outerHTML" hx-disable="findAll button" hx-morph-skip>\
        <input type="hidden" name="list" value="\(address.query)">\
        <label class="field"><span>Save this list as</span><input type="text" name="name" required \
        maxlength="\(Limits.viewNameLengthMaximum)" value="\(state.name)" autocomplete="off"></label>\
        <button class="main">Save</button>\
        \("<button name=\"replace\" value=\"1\">Replace it</button>", if: state.isTaken)\
        \(state.message.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })</form>
        """
    }

    /// The form as a page, where a browser without scripts is told what is wrong with it.
    static func document(_ form: HTML, approvals: Int) -> HTML {
        Layout.document(
            Layout.Page(
                title: "Save a view", streamPath: nil, approvals: approvals,
                fragment: "<section class=\"panel empty\"><h1>Save a view</h1>\(form)</section>"))
    }
}
