internal import Core

/// A run of an agent in full: what it was told, and each of its turns with request, answer, calls and what it was charged.
enum AgentTrace: Sendable {
    static func render(_ agent: AgentTraceView, id: String) -> HTML {
        let name: HTML = "<dl class=\"pairs\"><dt>Agent</dt><dd>\(NamedText.render(agent.agent))</dd></dl>"
        let hidden: HTML = """
            <p class="dim">\(Format.count(agent.hidden, "earlier entry", "earlier entries")) of this run not shown here.</p>
            """
        return """
            \(name, if: !agent.agent.isEmpty)\
            \(PayloadBlock.render(agent.system.map(PayloadView.text), id: "\(id)-system", name: "System prompt", isFolded: true))\
            \(PayloadBlock.render(agent.instructions.map(PayloadView.text), id: "\(id)-instructions", name: "Instructions", isFolded: (agent.instructions?.utf8.count ?? 0) > 2_000))\
            \(hidden, if: agent.hidden > 0)\
            <ol class="trace-turns">\(agent.entries.enumerated().map { entry($1, id: "\(id)-\($0)") })</ol>
            """
    }

    private static func entry(_ entry: TraceEntryView, id: String) -> HTML {
        switch entry {
        case .turn(let turn): self.turn(turn, id: id)
        case .between(let entry): TurnList.render(entry, id: id)
        }
    }

    private static func turn(_ turn: TraceTurnView, id: String) -> HTML {
        let name: HTML = turn.turn.isLoopCheck ? "Loop check" : "Turn"
        let own: HTML =
            turn.turn.path.map { path -> HTML in
                "<a class=\"turn-link\" href=\"\(Address.own(path))\">On its own page</a>"
            } ?? .empty
        return """
            <li class="turn trace-turn" id="\(id)"><div class="turn-head"><h2>\(name) \(turn.turn.number)</h2>\
            \(TurnList.facts(turn.turn))\(own)</div>\
            \(request(turn, id: id))\(TurnList.contents(turn.turn, id: id))\(charges(turn))</li>
            """
    }

    /// What is new in the request; what the model knew already stands with the turns before.
    private static func request(_ turn: TraceTurnView, id: String) -> HTML {
        let request = turn.request
        let path = turn.address.turnInAPI(turn.turn.number)
        let new = request.messages.enumerated().dropFirst(request.known)
        let items = new.map { place, message in
            RequestPanel.message(message, id: "\(id)-message-\(place + 1)", number: place + 1, path: path)
        }
        let known: HTML = "<p class=\"dim\">Sent again as before: \(Format.count(request.known, "message")).</p>"
        let tools: HTML =
            "<p class=\"dim\">Offered: \(request.tools.map { "<code>\(NamedText.render($0.name))</code> " as HTML })</p>"
        return """
            <details class="payload folded sent"\(attribute: "open", if: request.known > 0 && items.count < 3)><summary><h3>Request</h3> \
            <span class="dim">\(Format.count(items.count, request.known > 0 ? "new message" : "message"))</span></summary>\
            \(known, if: request.known > 0)\(tools, if: request.known == 0 && !request.tools.isEmpty)\
            <ol class="messages">\(items)</ol></details>
            """
    }

    private static func charges(_ turn: TraceTurnView) -> HTML {
        guard !turn.figures.isEmpty else { return .empty }
        let hasRates = turn.figures.contains { $0.rate != nil }
        let rows = turn.figures.map { figure -> HTML in
            let rate: HTML = figure.rate.map { NamedText.render($0) } ?? "<span class=\"dim\">–</span>"
            return """
                <tr><th scope="row">\(figure.name)</th><td class="right">\(Format.grouped(figure.count))</td>\
                \("<td class=\"right\">\(rate)</td>", if: hasRates)</tr>
                """
        }
        let source = turn.turn.costNote.map { note -> HTML in "<p class=\"dim\">\(NamedText.render(note))</p>" }
        let cost: HTML = turn.turn.cost.map { "$\($0)" } ?? "unknown"
        return """
            <details class="payload folded charges"><summary><h3>Tokens and cost</h3> <span class="dim">\(cost)</span></summary>\
            <table class="figures"><thead><tr><th scope="col">Kind</th><th scope="col" class="right">Number</th>\
            \("<th scope=\"col\" class=\"right\">Rate</th>", if: hasRates)</tr></thead><tbody>\(rows)</tbody></table>\
            \(source)</details>
            """
    }
}
