internal import Core

/// Both tasks in figures, with what became more and what less.
enum CompareFigures: Sendable {
    static func render(_ pair: CompareView.Pair, now: Timestamp) -> HTML {
        let (before, after) = (pair.before, pair.after)
        return """
            <div class="panel scroll"><table class="compared-figures"><thead><tr><td></td>\(head(before, "Before"))\(head(after, "After"))\
            <th scope="col">Change</th></tr></thead><tbody>
            \(row("State", state(before), state(after), .empty))
            \(row(
                "Duration", Parts.duration(before.duration, now: now), Parts.duration(after.duration, now: now),
                Change.duration(milliseconds(before, now), milliseconds(after, now))))
            \(row(
                "Tokens", Parts.tokens(before.tokens), Parts.tokens(after.tokens),
                Change.number(before.tokens?.total ?? 0, after.tokens?.total ?? 0)))
            \(row("Est. cost", Parts.cost(before.cost), Parts.cost(after.cost), Change.cost(before.cost, after.cost)))
            \(row("Steps", steps(before), steps(after), Change.number(
                Int64(before.progress.total), Int64(after.progress.total))))
            </tbody></table></div>
            """
    }

    private static func head(_ row: TaskRowView, _ word: String) -> HTML {
        """
        <th scope="col"><span class="dim">\(word)</span> <a href="/tasks/\(row.number.rawValue)">\
        <span class="ordinal">\(row.number.description)</span> <span class="name">\(NamedText.render(row.name))</span></a></th>
        """
    }

    private static func row(_ name: String, _ before: HTML, _ after: HTML, _ change: HTML) -> HTML {
        "<tr><th scope=\"row\">\(name)</th><td>\(before)</td><td>\(after)</td><td>\(change)</td></tr>"
    }

    private static func state(_ row: TaskRowView) -> HTML { Parts.badge(row.state, word: row.word) }

    private static func steps(_ row: TaskRowView) -> HTML {
        "<span class=\"number\">\(row.progress.finished) of \(row.progress.total)</span>"
    }

    private static func milliseconds(_ row: TaskRowView, _ now: Timestamp) -> Int64? {
        switch row.duration {
        case .notStarted: nil
        case .fixed(let milliseconds): milliseconds
        case .counting(let since, let before): before + max(0, now.milliseconds(since: since))
        }
    }
}

/// By how much a figure became larger or smaller; the sign says it in words too.
enum Change: Sendable {
    static func duration(_ before: Int64?, _ after: Int64?) -> HTML {
        guard let before, let after else { return .empty }
        return signed(after - before) { Format.duration(milliseconds: $0) }
    }

    static func number(_ before: Int64, _ after: Int64) -> HTML { signed(after - before, Format.grouped) }

    static func cost(_ before: CostView, _ after: CostView) -> HTML {
        guard let before = before.known, let after = after.known else { return .empty }
        return signed(after - before) { Format.dollars(nanoDollars: $0) }
    }

    private static func signed(_ change: Int64, _ words: (Int64) -> String) -> HTML {
        guard change != 0 else { return "<span class=\"dim\">same</span>" }
        let (sign, word) = change > 0 ? ("+", "more") : ("−", "less")
        return """
            <span class="number" title="\(words(abs(change))) \(word)">\(sign)\(words(abs(change)))</span>
            """
    }
}

extension CostView {
    fileprivate var known: Int64? {
        switch self {
        case .none: 0
        case .nanoDollars(let amount): amount
        case .unknown, .atLeast: nil
        }
    }
}
