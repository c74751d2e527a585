internal import Core

/// The turns of an agent: what it wrote, which tools it called and why, and what came of it.
enum TurnList: Sendable {
    /// - Parameter run: which run of several it is.
    static func render(_ entries: [AgentEntryView], id: String, run: RunNumber? = nil) -> HTML {
        guard !entries.isEmpty else { return .empty }
        var turn = 0
        let pieces = entries.enumerated().map { place, entry -> HTML in
            if case .turn(let view) = entry { turn = view.number }
            return render(entry, id: "\(id)-turn-\(turn)-\(place)")
        }
        let heading: HTML = run.map { "Turns of run \($0.rawValue)" } ?? "Turns"
        return "<div class=\"turns\"><h3>\(heading)</h3><ol>\(pieces)</ol></div>"
    }

    /// One thing in a run, as an item of a list.
    static func render(_ entry: AgentEntryView, id: String) -> HTML {
        switch entry {
        case .turn(let turn): self.turn(turn, id: id)
        case .notice(let time, let text):
            """
            <li class="between"><span class="label">told</span> <span>\(NamedText.render(text))</span> \
            \(Parts.timeOfDay(time))</li>
            """
        case .decision(let decision): "<li class=\"between\">\(ToolCallBlock.decision(decision))</li>"
        case .interrupted(let time, let lost):
            """
            <li class="between cut"><span class="label">stopped</span> The server stopped here; what is recorded above was \
            not lost.\(lost.map { " \($0)" } ?? "") \(Parts.timeOfDay(time))</li>
            """
        case .resumed(let time):
            "<li class=\"between\"><span class=\"label\">resumed</span> The run went on here. \(Parts.timeOfDay(time))</li>"
        }
    }

    private static func turn(_ turn: TurnView, id: String) -> HTML {
        """
        <li class="turn"><div class="turn-head"><b>\(turn.isLoopCheck ? "Loop check" : "Turn") \(turn.number)</b>\
        \(facts(turn))\(turn.path.map(link))</div>\
        \(trimmed(turn.trimmed))\(unavailable(turn.unavailable))\(contents(turn, id: id))</li>
        """
    }

    /// What its model was, and what it took.
    static func facts(_ turn: TurnView) -> HTML {
        """
        <span class="facts-line">\(Parts.model(turn.model))\(answeredBy(turn.answeredBy))\(stop(turn))\
        <span class="number">\(Format.span(milliseconds: turn.milliseconds))</span>\(tokens(turn))\(cost(turn))</span>
        """
    }

    /// What it wrote and did.
    static func contents(_ turn: TurnView, id: String, opensCalls: Bool = false) -> HTML {
        """
        \(spoken(turn, id: id))\
        \(turn.calls.enumerated().map { ToolCallBlock.render($1, id: "\(id)-call-\($0)", isOpen: opensCalls) })
        """
    }

    /// What it thought, wrote and searched for.
    static func spoken(_ turn: TurnView, id: String) -> HTML {
        """
        \(thinking(turn.thinking, id: "\(id)-thinking"))\
        \(turn.parts.enumerated().map { part($1, id: "\(id)-part-\($0)") })\
        \(refusal(turn.refusal))
        """
    }

    private static func link(_ path: String) -> HTML {
        "<a class=\"turn-link\" href=\"\(Address.own(path))\">Request and answer</a>"
    }

    private static func answeredBy(_ name: String?) -> HTML {
        guard let name else { return .empty }
        return """
            <span class="dim" title="The model that its provider says has answered">\(NamedText.render(name))</span>
            """
    }

    private static func stop(_ turn: TurnView) -> HTML {
        guard let reason = turn.stopReason, !turn.isLoopCheck else { return .empty }
        return
            "<span class=\"dim\" title=\"Why the model stopped\">\(NamedText.render(Self.words(ofStop: reason)))</span>"
    }

    /// Why a model stopped, as people read it; the words of providers that are not known stay as they are.
    private static func words(ofStop reason: String) -> String {
        switch reason {
        case "end": "finished"
        case "tool_use": "calls tools"
        case "length": "cut at its bound on tokens"
        case "cut": "cut off on the way"
        case "content_filter": "kept back by a filter"
        default: Format.code(reason)
        }
    }

    private static func tokens(_ turn: TurnView) -> HTML {
        guard let tokens = turn.tokens else { return "<span class=\"dim\">tokens not reported</span>" }
        let split = tokens.split.isEmpty ? Format.count(Int(tokens.total), "token") : tokens.split
        return "<span class=\"number\">\(turn.isEstimated ? "about " : "")\(NamedText.render(split))</span>"
    }

    private static func cost(_ turn: TurnView) -> HTML {
        let note: HTML = turn.isRepriced ? " <span class=\"label\">repriced</span>" : .empty
        let source = turn.costNote.map(NamedText.plain)
        guard let cost = turn.cost else {
            return "<span class=\"dim\"\(attribute: "title", source)>cost unknown</span>\(note)"
        }
        return "<span class=\"number cost\"\(attribute: "title", source)>$\(NamedText.render(cost))</span>\(note)"
    }

    private static func trimmed(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"dim\">\(NamedText.render(text))</p>"
    }

    /// What the agent had to do without, where people look for what came of it.
    private static func unavailable(_ sentences: [String]) -> HTML {
        HTML(sentences.map { sentence -> HTML in "<p class=\"unavailable\">\(NamedText.render(sentence))</p>" })
    }

    private static func thinking(_ text: String?, id: String) -> HTML {
        PayloadBlock.render(text.map(PayloadView.text), id: id, name: "Thinking", isFolded: true)
    }

    private static func part(_ part: TurnPartView, id: String) -> HTML {
        switch part {
        case .text(let text): return SaidText.render(text, id: id)
        case .search(let query, let pages):
            let items = pages.map { page -> HTML in
                let title: HTML = page.title.isEmpty ? .empty : "\(NamedText.render(page.title)) "
                return "<li>\(title)<span class=\"dim\">\(NamedText.render(page.url))</span></li>"
            }
            return """
                <details class="payload folded search"><summary><h3>Web search</h3><q>\(NamedText.render(query))</q> \
                <span class="dim">\(Format.count(pages.count, "page"))</span></summary><ul>\(items)</ul></details>
                """
        }
    }

    private static func refusal(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"bad\">Refused: \(NamedText.render(text))</p>"
    }
}
