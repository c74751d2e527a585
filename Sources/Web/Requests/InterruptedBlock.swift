internal import Core

/// What was cut off, as it was begun: the command, the request, or the call of a tool; and when.
enum InterruptedBlock: Sendable {
    static func render(_ view: InterruptedView, id: String) -> HTML {
        """
        <div class="interrupted">\(begun(view))\(content(view.content, id: id))</div>
        """
    }

    private static func begun(_ view: InterruptedView) -> HTML {
        guard let at = view.startedAt else { return .empty }
        return "<p class=\"dim\">Begun \(Parts.exact(at)).\(output(view.content))</p>"
    }

    /// What a program prints is recorded with its end, which nobody has seen.
    private static func output(_ content: InterruptedView.Content) -> HTML {
        guard case .command = content else { return .empty }
        return " What it had printed until then is not on record."
    }

    private static func content(_ content: InterruptedView.Content, id: String) -> HTML {
        switch content {
        case .command(let command): CommandDetail.render(command, id: id, isOpen: true)
        case .http(let call): HTTPCallDetail.render(call, id: id, isOpen: true)
        case .tool(let name, let arguments):
            """
            <p>Tool: <b class="name">\(NamedText.render(name))</b></p>\
            \(PayloadBlock.render(arguments, id: "\(id)-arguments", name: "Arguments"))
            """
        case .input(let input): PayloadBlock.render(input, id: "\(id)-input", name: "What it was given")
        }
    }
}
