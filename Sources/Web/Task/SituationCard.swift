internal import Core

/// The card that says first what a person has to know: why the task failed, or what it waits for.
enum SituationCard: Sendable {
    /// What is asked and what is going on, above the figures. Who watches the task sees a card that comes later at the
    /// bottom of the window, where it moves nothing; the button puts it here.
    static func place(_ view: TaskPageView) -> HTML {
        """
        <div class="going-on" id="going-on">\
        <p class="to-place"><button type="button" class="quiet" data-to-place>Show it above</button></p>
        \(view.requests.map { RequestCard.render($0, origin: "task", now: view.now) })
        \(render(view))
        </div>
        """
    }

    static func render(_ view: TaskPageView) -> HTML {
        switch view.situation {
        case nil: .empty
        case .failed(let failure): failed(failure, of: view)
        case .waiting(let waits): waiting(waits, of: view.row.number, now: view.now)
        case .queued(let queue): isPassing(queue, now: view.now) ? .empty : queued(queue, now: view.now)
        }
    }

    private static func failed(_ failure: FailureView, of view: TaskPageView) -> HTML {
        """
        <section class="situation tone-red" aria-labelledby="situation-0" tabindex="-1">
        <h2 id="situation-0">\(Icons.lamp(.failed))<span>\(heading(of: failure))</span>\
        \(failure.code.map { "<span class=\"label bad\">\($0)</span>" as HTML })</h2>
        <p>\(NamedText.render(failure.sentence))</p>
        \(criterion(failure.criterion))\
        \(PayloadBlock.render(failure.evidence, id: evidenceID(failure), name: failure.evidenceName))
        \(PayloadBlock.render(failure.input, id: "situation-input", name: "What it was given", isFolded: true))
        <div class="actions">\(links(failure.step, of: view.row.number))\(again(failure, view))</div>
        </section>
        """
    }

    /// Of what a program wrote the script shows the end first.
    private static func evidenceID(_ failure: FailureView) -> String {
        failure.isOutput ? "situation-output" : "situation-evidence"
    }

    private static func criterion(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"criterion\">Not met: <code>\(NamedText.render(text))</code></p>"
    }

    /// What is done about it most often, where it is read.
    private static func again(_ failure: FailureView, _ view: TaskPageView) -> HTML {
        let path = "/tasks/\(view.row.number.rawValue)"
        let studio: HTML = view.actions.isPlanSaved ? TaskActions.studio(view) : .empty
        return """
            \(TaskActions.form("\(path)/retry", word: "Retry", style: "main"), if: view.actions.retryRefusal == nil)\
            <a class="button" href="\(path)/restart">Edit &amp; restart</a>\(studio)
            """
    }

    private static func heading(of failure: FailureView) -> HTML {
        let cause = NamedText.render(words(failure.cause))
        guard let step = failure.step else { return "Failed: \(cause)" }
        return "Failed in <span class=\"name\">\(NamedText.render(step.rawValue))</span>: \(cause)"
    }

    /// Waits beyond these are only counted.
    private static let waitsMaximum = 10

    /// Everything it waits for. What a person decides has a card of its own, and is only listed here beside others.
    private static func waiting(_ waits: [WaitView], of task: TaskNumber, now: Timestamp) -> HTML {
        let isForPeopleAlone = waits.allSatisfy { if case .request? = $0.blocker { true } else { false } }
        guard let first = waits.first, !isForPeopleAlone else { return .empty }
        let more = waits.count - waitsMaximum
        return """
            <section class="situation tone-amber" aria-labelledby="situation-0" tabindex="-1">
            <h2 id="situation-0">\(Icons.lamp(.waiting))<span>Waiting: \(heading(waits, first))</span></h2>
            <ul class="waits">\(waits.prefix(waitsMaximum).map { wait($0, of: task, now: now) })</ul>
            \("<p class=\"dim\">and \(Format.count(more, "other wait"))</p>", if: more > 0)
            </section>
            """
    }

    private static func heading(_ waits: [WaitView], _ first: WaitView) -> String {
        var reasons: [String] = []
        for wait in waits where !reasons.contains(words(wait.reason)) { reasons.append(words(wait.reason)) }
        return reasons.joined(separator: ", ")
    }

    private static func wait(_ wait: WaitView, of task: TaskNumber, now: Timestamp) -> HTML {
        // The card of the request names the step.
        let isRequest = if case .request? = wait.blocker { true } else { false }
        return """
            <li><p>\(Parts.sentence(wait.sentence, until: wait.until))</p>\
            <p class="dim">\(WaitBlock.times(wait, now: now))</p>\
            <div class="actions">\(WaitBlock.blocker(wait.blocker))\(links(isRequest ? nil : wait.step, of: task))</div></li>
            """
    }

    private static func queued(_ queue: QueueView, now: Timestamp) -> HTML {
        """
        <section class="situation tone-gray" aria-labelledby="situation-0" tabindex="-1">
        <h2 id="situation-0">\(Icons.lamp(.queued))<span>Queued</span></h2>
        <p>\(behind(queue))</p>
        <p class="dim">Since \(Parts.exact(queue.since)) (\(Parts.age(queue.since, now: now)))</p>
        </section>
        """
    }

    /// Whether it starts in a moment: a card that goes again at once would only move the page.
    private static func isPassing(_ queue: QueueView, now: Timestamp) -> Bool {
        queue.underWay.isEmpty && queue.ahead == 0 && now.milliseconds(since: queue.since) < 2000
    }

    /// `Behind #12, #13 and 3 more`.
    private static func behind(_ queue: QueueView) -> HTML {
        guard !queue.underWay.isEmpty || queue.ahead > 0 else { return "It starts as soon as there is room for it." }
        let shown = queue.underWay.prefix(5)
        let more = queue.underWay.count - shown.count + queue.ahead
        var text: HTML = "Behind "
        for (place, task) in shown.enumerated() {
            text += "\(place == 0 ? "" : ", ")<a href=\"/tasks/\(task.rawValue)\">\(task.description)</a>"
        }
        if more > 0 { text += shown.isEmpty ? "\(Format.count(more, "other task"))" : " and \(more) more" }
        return text
    }

    private static func links(_ step: StepPath?, of task: TaskNumber) -> HTML {
        guard let step else { return .empty }
        return """
            <a class="button" href="\(StepAddress(task: task, step: step).onTaskPage)">Show the step</a>
            """
    }

    /// `in_doubt` → `in doubt`.
    private static func words(_ code: String) -> String {
        Format.code(code)
    }
}
