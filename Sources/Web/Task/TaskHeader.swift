internal import API
internal import Core

/// Name, state, line and figures of a task.
enum TaskHeader: Sendable {
    /// - Parameter isLive: whether the page follows the task, so that something can be done with it here.
    static func render(_ view: TaskPageView, isLive: Bool = true) -> HTML {
        """
        <header class="task-head tone-\(view.row.state.tone.rawValue)">
        <div class="headline">\(Parts.badge(view.row.state, word: view.row.word, count: view.row.openRequests))\
        \(liveLabel, if: isLive && !view.row.state.isFinal)\(TaskActions.render(view), if: isLive)</div>
        <div class="title"><h1><span class="name">\(NamedText.render(view.row.name))</span> <span class="ordinal">\(view.row.number.description)</span></h1>\
        \(TaskLabelForms.rename(RenameState(view.row)), if: isLive)</div>
        <p class="plan">\(plan(view, isLive: isLive))\(summary(view.planSummary))</p>
        \(TaskLabelForms.tags(view.tags, of: view.row.number, isLive: isLive))
        \(Line.render(view))
        </header>
        """
    }

    private static func plan(_ view: TaskPageView, isLive: Bool) -> HTML {
        let name = NamedText.render(view.planName)
        guard isLive, view.actions.isPlanSaved else { return "<b>\(name)</b>" }
        return "<a href=\"/plans/\(Attachment.percentEncoded(view.planName))\"><b>\(name)</b></a>"
    }

    /// Shown by the style sheet only while the stream of the page is connected.
    private static let liveLabel: HTML = """
        <span class="live-label" title="This page changes as the task does">Live</span>
        """

    private static func summary(_ summary: String?) -> HTML {
        guard let summary else { return .empty }
        return "<span class=\"dim\"> — \(NamedText.render(summary))</span>"
    }

    /// The figures in a row.
    static func facts(_ view: TaskPageView) -> HTML {
        let row = view.row
        return """
            <dl class="facts">
            \(fact("Progress", progress(row)))
            \(fact("Duration", Parts.duration(row.duration, now: view.now)))
            \(fact("Tokens", tokens(view)))
            \(fact("Est. cost", cost(view)))
            \(fact("Calls", calls(view.calls)))
            \(fact("Trigger", NamedText.render(row.trigger)))
            \(model(row.model))
            \(fact("Priority", "<span class=\"number\">\(view.priority)</span>"), if: view.priority != 0)
            \(link("Part of", view.links.parent))
            \(link("Rerun of", view.links.rerunOf))
            \(links("Rerun as", view.links.reruns))
            \(links("Started tasks", view.links.children))
            \(fact("Created", Parts.exact(row.createdAt)))
            \(moment("Started", view.startedAt, after: row.createdAt))
            \(moment("Ended", view.endedAt, after: row.createdAt))
            </dl>
            """
    }

    private static func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
    }

    private static func tokens(_ view: TaskPageView) -> HTML {
        guard let whole = view.tokensWithChildren else { return Parts.tokens(view.row.tokens) }
        return "\(Parts.tokens(whole)) <span class=\"dim\">own \(Parts.tokens(view.row.tokens))</span>"
    }

    private static func cost(_ view: TaskPageView) -> HTML {
        guard let whole = view.costWithChildren else { return Parts.wholeCost(view.row.cost) }
        return "\(Parts.wholeCost(whole)) <span class=\"dim\">own \(Parts.cost(view.row.cost))</span>"
    }

    private static func link(_ name: String, _ link: TaskLinkView?) -> HTML {
        guard let link else { return .empty }
        let step: HTML = link.step.map { " <span class=\"dim\">\(NamedText.render($0.rawValue))</span>" } ?? .empty
        return fact(name, "\(Parts.task(link))\(step)")
    }

    private static func progress(_ row: TaskRowView) -> HTML {
        """
        <span class="number">Step \(row.progress.current) of \(row.progress.total)</span>\
        \(Parts.bar(row.progress, state: row.state))
        """
    }

    /// More tasks than these are counted.
    private static let linksMaximum = 8

    private static func links(_ name: String, _ links: [TaskLinkView]) -> HTML {
        guard !links.isEmpty else { return .empty }
        let more = links.count - linksMaximum
        let numbers = links.prefix(linksMaximum).map { link -> HTML in
            let state = link.word ?? link.state?.word
            return
                "<a href=\"/tasks/\(link.number.rawValue)\"\(attribute: "title", state)>\(link.number.description)</a> "
        }
        return fact(name, "\(HTML(numbers))\("<span class=\"dim\">and \(more) more</span>", if: more > 0)")
    }

    private static func moment(_ name: String, _ moment: Timestamp?, after created: Timestamp) -> HTML {
        fact(name, moment.map { Parts.exact($0, after: created) } ?? Parts.absent("not yet"))
    }

    private static func model(_ model: ModelView?) -> HTML {
        guard let model else { return .empty }
        return fact("Model", Parts.model(model))
    }

    private static func calls(_ calls: CallsView) -> HTML {
        let kinds = [(calls.model, "model"), (calls.tool, "tool"), (calls.http, "HTTP")].filter { $0.0 > 0 }
        guard !kinds.isEmpty else { return Parts.absent("nothing was called") }
        return "<span class=\"number\">\(kinds.map { "\($0.0) \($0.1)" }.joined(separator: ", "))</span>"
    }

    /// The lasting id, shortened, to copy.
    static func id(_ id: TaskID) -> HTML {
        let text = id.rawValue
        return """
            <button type="button" class="id" data-copy-text="\(text)" title="\(text): click to copy" \
            aria-label="Copy the id \(text)">…\(String(text.suffix(6)))</button>
            """
    }
}
