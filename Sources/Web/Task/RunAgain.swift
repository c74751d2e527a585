internal import Core

/// The way from a task to the next one, at the bottom of its page.
enum RunAgain: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        let number = view.row.number.rawValue
        return """
            <section class="run-again" aria-labelledby="run-again"><h2 id="run-again">Run again</h2>\
            <p class="dim">A new task of <b>\(NamedText.render(view.planName))</b>, with the same inputs or with others.</p>\
            <div class="actions"><a class="button main" href="/tasks/new?mode=from&amp;from=\(number)">Run again…</a>\
            <a class="button" href="/tasks/\(number)/compare">Compare with the last good one</a></div></section>
            """
    }
}
