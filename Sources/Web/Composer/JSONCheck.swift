internal import Core

/// What is said of a request while somebody writes it.
enum JSONCheck: Sendable {
    static func fine(plan: String, name: String) -> HTML {
        """
        <p class="verdict-line tone-green">\(Icons.lamp(.completed))<span>This can be started: plan \
        <b class="name">\(NamedText.render(plan))</b>, named <b class="name">\(NamedText.render(name))</b>.</span></p>
        """
    }

    static func problems(_ mistakes: [JSONMistake]) -> HTML {
        let lines = mistakes.prefix(20).map { mistake -> HTML in
            let place: HTML =
                mistake.line.map { line in
                    """
                    <button type="button" class="place number" data-line="\(line)" data-column="\(mistake.column ?? 1)" \
                    aria-label="Go to line \(line), column \(mistake.column ?? 1)">\(line):\(mistake.column ?? 1)</button>
                    """
                } ?? .empty
            let pointer: HTML = mistake.pointer.map { "<code>\(NamedText.render($0))</code> " } ?? .empty
            return """
                <li>\(place)\(pointer)\(NamedText.render(mistake.message))\
                \(mistake.hint.map { "<span class=\"dim\"> — \(NamedText.render($0))</span>" as HTML })</li>
                """
        }
        return """
            <p class="verdict-line tone-red">\(Icons.lamp(.failed))<span>\(Format.count(mistakes.count, "mistake"))</span></p>\
            <ul class="mistakes">\(lines)</ul>
            """
    }
}
