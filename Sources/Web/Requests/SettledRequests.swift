internal import Core
internal import Engine

/// What people have decided in a task: who, when, what, and how long it took.
enum SettledRequests: Sendable {
    static func render(_ requests: [RequestView]) -> HTML {
        let settled = requests.filter { $0.outcome != nil }
        guard !settled.isEmpty else { return .empty }
        return """
            <section class="panel settled" aria-labelledby="settled-heading">
            <h2 id="settled-heading">Decisions</h2>
            <ol>\(settled.map { line($0) })</ol>
            </section>
            """
    }

    /// The lines of requests of several tasks.
    static func list(_ requests: [RequestView], isOpen: Bool = false) -> HTML {
        """
        <section class="panel settled" aria-label="Settled requests"><ol>\(requests.map { line($0, isOpen: isOpen) })</ol>
        </section>
        """
    }

    private static func line(_ request: RequestView, isOpen: Bool = false) -> HTML {
        guard let outcome = request.outcome else { return .empty }
        let id = ElementID.request(request.id)
        return """
            <li id="\(id)"><details\(attribute: "open", if: isOpen)><summary><span class="verdict tone-\(tone(outcome).rawValue)">\
            \(Icons.lamp(lamp(outcome)))<b>\(NamedText.render(words(request, outcome)))</b></span>\
            <span class="title">\(NamedText.render(request.title))\(of(request))</span>\
            <span class="dim">\(moment(request, outcome))</span>\
            \(changes(outcome.changes))\(said(outcome.decision?.feedback))</summary>
            <div class="inside">\(allChanges(outcome.changes))<p>\(request.kind.word) \(request.id) in \(place(request)), \
            asked \(Parts.exact(request.requestedAt)).</p>\
            \(request.interrupted.map { InterruptedBlock.render($0, id: "\(id)-interrupted") })\
            \(PayloadBlock.render(request.proposalView, id: "\(id)-proposal", name: request.kind.proposalName))\
            \(PayloadBlock.render(outcome.decision?.edits.map { PayloadView(value: $0) }, id: "\(id)-edits", name: editsName(request.kind)))\
            \(PayloadBlock.render(outcome.decision?.values.map { PayloadView(value: $0) }, id: "\(id)-values", name: "Filled in"))\
            </div></details></li>

            """
    }

    /// The task, where the page is not its own.
    private static func of(_ request: RequestView) -> HTML {
        guard let name = request.taskName else { return .empty }
        return """
             <span class="of-task"><span class="ordinal">\(request.task.description)</span> \
            <span class="name">\(NamedText.render(name))</span></span>
            """
    }

    private static func place(_ request: RequestView) -> HTML {
        let task = request.taskName == nil ? "" : "/tasks/\(request.task.rawValue)"
        let address = StepAddress(task: request.task, step: request.step).onTaskPage
        let step: HTML = "<a class=\"name\" href=\"\(address)\">\(NamedText.render(request.step.rawValue))</a>"
        guard let name = request.taskName else { return step }
        return """
            \(step) of <a href="\(task)"><span class="ordinal">\(request.task.description)</span> \
            <span class="name">\(NamedText.render(name))</span></a>
            """
    }

    private static func words(_ request: RequestView, _ outcome: RequestView.Outcome) -> String {
        guard let decision = outcome.decision else { return "Withdrawn" }
        let done = request.kind.done(decision.verdict)
        if outcome.isExpired { return "Expired: \(done.lowercased())" }
        let isChanged = decision.edits != nil && [.approval, .consent, .review].contains(request.kind)
        return "\(done)\(isChanged ? " with changes" : "") by \(decision.decider)"
    }

    private static func moment(_ request: RequestView, _ outcome: RequestView.Outcome) -> HTML {
        guard let at = outcome.at else { return "Its step ended without it." }
        let took = Format.duration(milliseconds: at.milliseconds(since: request.requestedAt))
        return "\(Parts.exact(at)), after \(took)"
    }

    /// How many changes a line tells, and how much of each, in characters; all of them stand inside.
    private static let changesInLine = 3
    private static let changeInLine = 160

    private static func changes(_ changes: [String]) -> HTML {
        let shown = changes.prefix(changesInLine).map { change -> HTML in
            let isLong = change.count > changeInLine
            let words = isLong ? "\(change.prefix(changeInLine))…" : change
            return "<span class=\"changed\">\(NamedText.render(words))</span>"
        }
        let more = changes.count - changesInLine
        return "\(HTML(shown))\("<span class=\"changed\">and \(more) more</span>", if: more > 0)"
    }

    /// Those that the line does not tell in full.
    private static func allChanges(_ changes: [String]) -> HTML {
        let isTold = changes.count <= changesInLine && changes.allSatisfy { $0.count <= changeInLine }
        guard !isTold else { return .empty }
        let items = changes.map { "<li>\(NamedText.render($0))</li>" as HTML }
        return "<ul class=\"changes\" aria-label=\"What was changed\">\(items)</ul>"
    }

    private static func said(_ feedback: String?) -> HTML {
        guard let feedback else { return .empty }
        return "<q class=\"said\">\(NamedText.render(feedback))</q>"
    }

    private static func editsName(_ kind: DecisionRequest.Kind) -> String {
        switch kind {
        case .question: "Answer"
        case .budget: "New limits"
        case .inDoubt: "Stated output"
        case .approval, .consent, .review: "As changed"
        }
    }

    private static func lamp(_ outcome: RequestView.Outcome) -> DisplayState {
        switch outcome.decision?.verdict {
        case .approve?: .completed
        case .retry?: .running
        case .reject?, .stop?: .failed
        case nil: .cancelled
        }
    }

    private static func tone(_ outcome: RequestView.Outcome) -> DisplayState.Tone { lamp(outcome).tone }
}
