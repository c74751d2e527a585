internal import Core

/// A field to search in, with what fits below it. The script searches while somebody types; Enter takes the first.
enum Picker: Sendable {
    /// - Parameters:
    ///   - label: what the field is for, in words.
    ///   - empty: what stands there while there is nothing to choose from at all.
    static func render(_ view: PickerView, label: String, empty: HTML, now: Timestamp) -> HTML {
        let isEmpty = view.picks.isEmpty && view.text.isEmpty && view.problem == nil
        return isEmpty ? empty : "\(search(view, label))\(list(view, now: now))"
    }

    private static func search(_ view: PickerView, _ label: String) -> HTML {
        let hidden = view.parameters.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML }
        let query = view.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let path = query.isEmpty ? view.path : "\(view.path)?\(query)"
        return """
            <form class="picker" role="search" method="get" action="\(view.path)" data-picker>\(hidden)\
            <label class="search"><span class="hidden">\(label)</span>\(Icons.search)\
            <input type="search" id="search" name="q" value="\(view.text)" placeholder="\(label)" autocomplete="off" autofocus \
            maxlength="\(Limits.searchTextLengthMaximum)" hx-get="\(path)" hx-trigger="input changed delay:150ms, sb:search" \
            hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last"></label></form>
            """
    }

    private static func list(_ view: PickerView, now: Timestamp) -> HTML {
        let rest = view.total - view.picks.count
        let none: HTML = "<p class=\"dim\">No \(view.what) match “\(NamedText.render(view.text))”.</p>"
        return """
            <div id="picks" aria-live="polite" data-for="\(view.text)">\(view.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })\
            \(none, if: view.picks.isEmpty && view.problem == nil)\
            \("<ul class=\"picks panel\">\(view.picks.map { row($0, now: now) })</ul>", if: !view.picks.isEmpty)\
            \("<p class=\"dim\">\(Format.grouped(Int64(rest))) more: search for them.</p>", if: rest > 0)</div>
            """
    }

    private static func row(_ pick: PickerView.Pick, now: Timestamp) -> HTML {
        """
        <li data-row\(attribute: "class", pick.state.map { "tone-\($0.tone.rawValue)" })>\(pick.state.map { Icons.lamp($0) })<div><a class="cover" href="\(Address.own(pick.path))" data-redraw>\
        \(pick.number.map { "<span class=\"ordinal\">\($0.description)</span> " as HTML })\
        <span class="name">\(NamedText.render(pick.name))</span>\
        \(pick.state.map { "<span class=\"hidden\">, \($0.word)</span>" as HTML })</a>\
        \(pick.summary.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })</div>\
        \(pick.created.map { "<span class=\"dim when\">\(Parts.age($0, now: now))</span>" as HTML })</li>
        """
    }
}
