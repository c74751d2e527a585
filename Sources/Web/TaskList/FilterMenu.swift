internal import Core
internal import Runtime
internal import Store

/// The fields that filter, each with the values that tasks have.
enum FilterMenu: Sendable {
    static func render(_ view: TaskListView) -> HTML {
        let count = view.address.filters.count { !["zone", "search", "group"].contains($0.name) }
        return """
            <details class="menu" id="filter-menu"><summary class="button">\(Icons.filter)<span>Filter</span>\
            \("<span class=\"count\">\(count)</span>", if: count > 0)</summary>
            <div class="sheet"><div class="grid">\(view.choices.map { field($0, chosen: view.address.texts[$0.name]) })\
            \(day("from", view.address))\(day("to", view.address))</div>
            <input type="hidden" name="zone" value="\(view.address.texts["zone"])" data-zone>
            <p class="dim">Days are those of <span data-zone-name>\(view.address.texts["zone"] ?? "UTC")</span>, both included.</p>
            <noscript><button class="main">Apply</button></noscript></div></details>
            """
    }

    private static func field(_ choice: FilterChoiceView, chosen: String?) -> HTML {
        let options = choice.values.map { value, count -> HTML in
            let words = NamedText.plain(String(FilterWords.value(value, of: choice.name).prefix(80)))
            let figure = count.map { " (\(Format.grouped(Int64($0))))" } ?? ""
            return """
                <option value="\(value)"\(attribute: "selected", if: value == chosen)>\(words)\(figure)</option>
                """
        }
        return """
            <label class="field"><span>\(FilterWords.label(choice.name))</span><select name="\(choice.name)" data-typed \
            autocomplete="off">\
            <option value="">Any</option>\(options)</select></label>
            """
    }

    private static func day(_ name: String, _ address: TaskListAddress) -> HTML {
        // What is no day is still shown, so that it can be mended.
        let value = address.texts[name]
        let isDay = value.map { $0.utf8.count == 10 && TaskFilter.time($0, isEnd: false) != nil } ?? true
        return """
            <label class="field"><span>\(FilterWords.label(name))</span><input type="\(isDay ? "date" : "text")" \
            name="\(name)" value="\(value)" autocomplete="off" hx-morph-skip data-typed></label>
            """
    }
}
