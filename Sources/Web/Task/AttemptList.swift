internal import Core

/// How the runs of a step went, each with what it used; of an agent also the choice whose turns are shown.
enum AttemptList: Sendable {
    static func render(_ attempts: [AttemptView], now: Timestamp) -> HTML {
        guard !attempts.isEmpty else { return .empty }
        return "<div class=\"attempts\"><h3>Runs</h3><ol>\(attempts.map { line($0, now: now) })</ol></div>"
    }

    private static func line(_ attempt: AttemptView, now: Timestamp) -> HTML {
        """
        <li class="tone-\(attempt.state.tone.rawValue)">\(Icons.lamp(attempt.state))<div>\
        <p class="run"><b>\(name(attempt))</b>\(figures(attempt))</p>\
        <p class="dim">\(times(attempt, now: now))\(because(attempt.cause))</p>\
        \(sentence(attempt.sentence))\(next(attempt.nextAt, now: now))</div></li>
        """
    }

    private static func name(_ attempt: AttemptView) -> HTML {
        guard let path = attempt.path else { return "Run \(attempt.number)" }
        return """
            <a href="\(Address.own(path))" title="Show the turns of this run"\
            \(attribute: "aria-current", attempt.isShown ? "true" : nil)>Run \(attempt.number)</a>
            """
    }

    private static func figures(_ attempt: AttemptView) -> HTML {
        let tokens: HTML = attempt.tokens.map { "<span>\(Parts.tokens($0)) tokens</span>" } ?? .empty
        let cost: HTML = attempt.cost == .none ? .empty : "<span class=\"cost\">\(Parts.cost(attempt.cost))</span>"
        let mark: HTML = "<span class=\"label\">shown below</span>"
        return """
            <span class="facts-line"><span class="word">\(attempt.state.word)</span>\(tokens)\(cost)\
            \(mark, if: attempt.isShown && attempt.path != nil)</span>
            """
    }

    private static func times(_ attempt: AttemptView, now: Timestamp) -> HTML {
        guard let start = attempt.startedAt else { return .empty }
        guard let end = attempt.endedAt else { return "Since \(Parts.exact(start)) (\(Parts.age(start, now: now)))" }
        let took = Format.duration(milliseconds: end.milliseconds(since: start))
        return "\(Parts.exact(start)) – \(Parts.exact(end, after: start)), took \(took)"
    }

    private static func because(_ cause: String?) -> HTML {
        guard let cause else { return .empty }
        return " · because \(NamedText.render(cause))"
    }

    private static func sentence(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"sentence\">\(NamedText.render(text))</p>"
    }

    private static func next(_ moment: Timestamp?, now: Timestamp) -> HTML {
        guard let moment, moment > now else { return .empty }
        return "<p class=\"dim\">\(Parts.countdown(to: moment, verb: "Runs again", now: now))</p>"
    }
}
