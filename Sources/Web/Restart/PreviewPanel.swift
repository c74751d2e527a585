internal import Core

/// What a restart would take over, what it would run, and what that saves. It follows the form while somebody types.
enum PreviewPanel: Sendable {
    /// Shown of each list before the rest is folded.
    private static let listedMaximum = 12

    static func render(_ view: RestartPreviewView?, path: String) -> HTML {
        """
        <section class="panel preview-panel" aria-labelledby="preview-heading"><h2 id="preview-heading">Preview</h2>\
        <div id="preview" aria-live="polite" hx-post="\(path)" hx-swap="innerMorph" \
        hx-trigger="input delay:300ms from:#task-form, change delay:50ms from:#task-form, sb:files from:#task-form" \
        hx-sync="this:queue last">\(view.map(content))</div></section>
        """
    }

    /// What stands inside.
    static func content(_ view: RestartPreviewView) -> HTML {
        if let problem = view.problem { return "<p class=\"problem\">\(problem)</p>" }
        return """
            \(saved(view))\(dropped(view.droppedInputs))\(again(view.again, view.againTotal))\(reused(view.reused, view.reusedTotal))\
            \(view.difference.map(difference))
            """
    }

    private static func saved(_ view: RestartPreviewView) -> HTML {
        guard !view.reused.isEmpty else {
            return "<p class=\"saved\">Nothing is taken over: every step runs again.</p>"
        }
        let cost: HTML = """
            <span><b class="number">\(Format.dollars(nanoDollars: view.savedNanoDollars))</b> of cost</span>
            """
        return """
            <p class="saved"><span class="dim">Saves</span> <span><b class="number">\
            \(Format.span(milliseconds: view.savedMilliseconds))</b> of time</span>\
            \(cost, if: view.savedNanoDollars > 0)</p>
            """
    }

    private static func dropped(_ names: [String]) -> HTML {
        guard !names.isEmpty else { return .empty }
        return """
            <p class="notice">The plan no longer takes \
            \(names.enumerated().map { "\($0.offset > 0 ? ", " : "")<b>\(NamedText.render($0.element))</b>" as HTML }).</p>
            """
    }

    private static func again(_ steps: [RestartPreviewView.Again], _ total: Int) -> HTML {
        list(
            "Runs again", total,
            steps.map { step -> HTML in
                """
                <li>\(Icons.refresh)<span class="name">\(NamedText.render(step.step.rawValue))</span>\
                <span class="dim">\(NamedText.render(step.reason))</span></li>
                """
            })
    }

    private static func reused(_ steps: [RestartPreviewView.Reused], _ total: Int) -> HTML {
        list(
            "Is taken over", total,
            steps.map { step -> HTML in
                let cost = step.nanoDollars > 0 ? ", \(Format.dollars(nanoDollars: step.nanoDollars))" : ""
                return """
                    <li class="tone-green">\(Icons.lamp(.completed))<span class="name">\(NamedText.render(step.step.rawValue))</span>\
                    <span class="dim number">\(step.isEdited ? "with your output" : FormParts.duration(step.milliseconds) + cost)</span></li>
                    """
            })
    }

    private static func list(_ heading: String, _ total: Int, _ rows: [HTML]) -> HTML {
        guard !rows.isEmpty || total > 0 else { return .empty }
        let rest = rows.dropFirst(listedMaximum)
        let folded: HTML = """
            <details class="rest"><summary>\(Format.count(rest.count, "more step"))</summary><ul>\(Array(rest))</ul></details>
            """
        let unlisted: HTML = """
            <p class="dim">and \(Format.count(total - rows.count, "further one")) that \(total - rows.count == 1 ? "is" : "are") not listed</p>
            """
        return """
            <h3>\(heading) <span class="dim">\(Format.grouped(Int64(max(total, rows.count))))</span></h3>\
            <ul>\(Array(rows.prefix(listedMaximum)))</ul>\(folded, if: !rest.isEmpty)\(unlisted, if: total > rows.count)
            """
    }

    private static func difference(_ text: String) -> HTML {
        "<h3>The plan has changed</h3>\(UnifiedDiff.render(text))"
    }
}
