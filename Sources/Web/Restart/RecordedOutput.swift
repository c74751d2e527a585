internal import API
internal import Core

/// The output of one finished step in a form: a line, until somebody wants to change it.
enum RecordedOutput: Sendable {
    /// Finished steps, and a line that leads to more of them.
    /// - Parameters:
    ///   - hidden: how many more there are.
    ///   - count: how many stand before these.
    static func list(
        _ outputs: [RecordedOutputView], hidden: Int, after count: Int, path: String, _ state: FormStateView
    ) -> HTML {
        let rows = outputs.map { render($0, path: path, state) }
        let next = count + outputs.count
        let more: HTML = """
            <li class="more"><span class="dim">\(Format.count(hidden, "further finished step"))</span> \
            <a class="button quiet" href="\(path)?after=\(next)#recorded" hx-get="\(path)/outputs?after=\(next)" hx-target="closest li" hx-swap="outerHTML">Show more</a></li>
            """
        return "\(rows)\(more, if: hidden > 0)"
    }

    /// - Parameter path: of the page.
    static func render(_ output: RecordedOutputView, path: String, _ state: FormStateView) -> HTML {
        let id = "recorded-" + ElementID.step(output.step)
        let head: HTML = """
            <span class="name">\(NamedText.render(output.step.rawValue))</span> <span class="label">\(output.kind)</span>
            """
        if let field = output.field {
            return "<li id=\"\(id)\" class=\"open\">\(head)\(FormParts.fields([field], state))</li>"
        }
        let query = "step=\(Attachment.percentEncoded(output.step.rawValue))"
        return """
            <li id="\(id)">\(head)\
            \(output.preview.map { "<span class=\"preview dim\">\(NamedText.render($0))</span>" as HTML })\
            \(output.refusal.map { "<span class=\"dim\">\($0)</span>" as HTML } ?? change(path, query, id, output))</li>
            """
    }

    private static func change(_ path: String, _ query: String, _ id: String, _ output: RecordedOutputView) -> HTML {
        """
        <a class="button quiet" href="\(path)?\(query)#\(id)" hx-get="\(path)/output?\(query)" hx-target="closest li" \
        hx-swap="outerHTML" aria-label="Change the output of \(NamedText.plain(output.step.rawValue))">Change</a>
        """
    }
}
