internal import Core

/// Which prices hold, and which models that were used have none.
enum PricesPage: Sendable {
    static func document(_ view: PricesView) -> HTML {
        let unknown = view.used.filter { $0.list == nil && !$0.isScript }
        let lists = view.lists.map { list -> HTML in
            "<li><b class=\"name\">\(NamedText.render(list.name))</b> <span class=\"dim\">\(Format.count(list.models, "model"))</span></li>"
        }
        let warning: HTML = """
            <p class="notice">\(Format.count(unknown.count, "model")) that tasks have used \(unknown.count == 1 ? "has" : "have") no \
            price: what \(unknown.count == 1 ? "it costs" : "they cost") is shown as unknown, and limits on cost refuse \
            \(unknown.count == 1 ? "it" : "them").</p>
            """
        return SettingsFrame.document(
            .prices, approvals: view.approvals, now: view.now,
            """
            \(warning, if: !unknown.isEmpty)
            <section class="panel" aria-labelledby="table-heading"><h2 id="table-heading">The table</h2>\
            <dl class="pairs panel-body"><dt>Version</dt><dd><code>\(view.version)</code></dd>
            <dt>Lists</dt><dd><ol>\(lists)</ol><p class="dim">The first that knows a model has the say.</p></dd>
            <dt>Your own</dt><dd><code>prices.json</code> in the data directory goes before all others; \
            <code>signalbox prices import</code> takes LiteLLM's list. A new file counts at once.</dd></dl></section>
            \(used(view))
            """)
    }

    private static func used(_ view: PricesView) -> HTML {
        guard !view.used.isEmpty else {
            return """
                <section class="panel empty"><h2>No models used yet</h2>
                <p>Models that tasks ask are listed here with where their price comes from.</p></section>
                """
        }
        let rows = view.used.map { used -> HTML in
            let price: HTML =
                used.isScript
                ? "<span class=\"dim\">answers from a file cost nothing</span>"
                : used.list.map {
                    "\(Parts.badge(.completed, word: "Known")) <span class=\"dim\">\(NamedText.render($0))</span>"
                }
                    ?? Parts.badge(.waiting, word: "Unknown")
            return """
                <tr><td>\(Parts.model(ModelView(name: used.model)))</td>
                <td class="right number"><a href="/tasks?model=\(Escape.part(used.model))">\(Format.count(used.taskCount, "task"))</a></td>
                <td>\(price)</td></tr>

                """
        }
        return """
            <section class="panel library" aria-label="Models that tasks have used"><table><thead><tr><th>Model</th>\
            <th class="right">Used by</th><th>Price</th></tr></thead><tbody>\(rows)</tbody></table></section>
            """
    }
}
