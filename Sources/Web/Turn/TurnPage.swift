internal import Core

/// The page of one turn of an agent: what the model was sent, and what it answered.
enum TurnPage: Sendable {
    static func document(_ view: TurnPageView) -> HTML {
        let title = "Turn \(view.turn.number) of \(view.address.step.rawValue), \(view.taskName)"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: view.now, approvals: view.approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="\(view.address.onTaskPage)">\
                        <span aria-hidden="true">←</span> <span class="ordinal">\(view.address.task.description)</span> \
                        <span class="name">\(NamedText.render(view.taskName))</span></a></nav>
                        \(head(view))
                        \(RequestPanel.render(view))
                        \(answer(view))
                        """)))
    }

    private static func head(_ view: TurnPageView) -> HTML {
        """
        <div class="turn-title"><h1>\(view.turn.isLoopCheck ? "Loop check" : "Turn") \(view.turn.number) \
        <span class="dim">of <a class="name" href="\(view.address.onTaskPage)">\
        \(NamedText.render(view.address.step.rawValue))</a>\(run(view))</span></h1>\(neighbours(view))</div>
        <div class="turn-facts">\(TurnList.facts(view.turn))<span class="dim">answered \(Parts.exact(view.at))</span></div>
        """
    }

    private static func run(_ view: TurnPageView) -> HTML {
        guard view.runs.count > 1 || view.address.run.rawValue > 1 else { return .empty }
        return ", run \(view.address.run.rawValue)"
    }

    private static func neighbours(_ view: TurnPageView) -> HTML {
        let number = view.turn.number
        let before = view.turns.last { $0 < number }
        let after = view.turns.first { $0 > number }
        return """
            <nav class="pager" aria-label="Turns">\(link(before, view, "<span aria-hidden=\"true\">←</span> Turn"))\
            \(link(after, view, "Turn", behind: " <span aria-hidden=\"true\">→</span>"))</nav>
            """
    }

    private static func link(_ number: Int?, _ view: TurnPageView, _ word: HTML, behind: HTML = .empty) -> HTML {
        guard let number else { return .empty }
        return "<a class=\"button\" href=\"\(view.address.turn(number))\">\(word) \(number)\(behind)</a>"
    }

    private static func answer(_ view: TurnPageView) -> HTML {
        let path = view.address.turnInAPI(view.turn.number)
        return """
            <section class="panel exchange turns" aria-labelledby="answer-heading"><h2 id="answer-heading">Answer</h2>
            <div class="inside"><div class="turn">\(TurnList.contents(view.turn, id: "answer", opensCalls: true))</div>\
            \(PayloadBlock.render(PayloadView(.json(view.response), path: path), id: "answer-record", name: "As it is on record", isFolded: true))\
            </div></section>
            """
    }
}
