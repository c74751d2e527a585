internal import Core

/// The page of a step's trace: everything on record of one of its runs, or two of them side by side. The page's script
/// shows its `#trace` as a dialog over the task.
enum TracePage: Sendable {
    static func document(_ view: TracePageView) -> HTML {
        let title = "Trace of \(view.step.rawValue), \(view.taskName)"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: view.now, approvals: view.approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="\(back(view))">\
                        <span aria-hidden="true">←</span> <span class="ordinal">\(view.task.description)</span> \
                        <span class="name">\(NamedText.render(view.taskName))</span></a></nav>
                        \(content(view))
                        """)))
    }

    private static func back(_ view: TracePageView) -> String {
        StepAddress(task: view.task, step: view.step).onTaskPage
    }

    private static func content(_ view: TracePageView) -> HTML {
        """
        <article id="trace" class="trace" aria-labelledby="trace-heading">
        <header class="trace-head"><h1 id="trace-heading">Trace <span class="dim">of</span> \
        <a class="name" href="\(back(view))">\(NamedText.render(view.step.rawValue))</a> \
        <span class="label">\(NamedText.render(view.kind))</span></h1>\(summary(view.summary))\(runs(view))</header>
        \(cutOff, if: view.isCutOff)\
        \(view.other.map { TraceComparison.render(view.shown, $0, now: view.now) } ?? TraceRun.render(view.shown, now: view.now))
        </article>
        """
    }

    private static func summary(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"dim\">\(NamedText.render(text))</p>"
    }

    private static let cutOff: HTML = """
        <p class="cut">This step has more on record than one page reads; the latest of it may be missing here.</p>
        """

    /// Which run is shown, and beside which other one.
    private static func runs(_ view: TracePageView) -> HTML {
        guard view.runs.count > 1 else { return .empty }
        let path = RunAddress.traces(of: view.step, in: view.task)
        let shown = view.shown.attempt.number
        let links = view.runs.map { run -> HTML in
            let current = run.number == shown ? "true" : nil
            return """
                <a href="\(path)?run=\(run.number)"\(attribute: "aria-current", current) class="tone-\(run.state.tone.rawValue)" data-trace>\
                \(Icons.lamp(run.state))Run \(run.number)<span class="hidden">: \(run.state.word)</span></a>
                """
        }
        let others = view.runs.filter { $0.number != shown }.map { run -> HTML in
            let isOther = view.other?.attempt.number == run.number
            return """
                <a href="\(path)?run=\(shown)&with=\(run.number)"\(attribute: "aria-current", isOther ? "true" : nil) data-trace>run \(run.number)</a>
                """
        }
        return """
            <nav class="trace-runs" aria-label="Runs"><span class="runs-of">\(links)</span>\
            <span class="beside"><span class="dim">Beside</span>\(others)</span></nav>
            """
    }
}

/// Everything on record of one run.
enum TraceRun: Sendable {
    static func render(_ run: TraceRunView, now: Timestamp) -> HTML {
        let id = "trace-run-\(run.attempt.number)"
        return """
            <div class="trace-run">\(facts(run, now: now))\(failure(run.failure))\
            \(content(run, id: id))\
            \(PayloadBlock.render(run.output, id: "\(id)-output", name: outputName(run), isFolded: isAgent(run)))\
            \(FileList.render(run.files, heading: "Files"), if: !run.files.isEmpty)</div>
            """
    }

    /// What a program printed is its output, and is not kept twice.
    private static func outputName(_ run: TraceRunView) -> String {
        if case .command(let command) = run.content, command.stdout == nil { "stdout" } else { "Output" }
    }

    private static func isAgent(_ run: TraceRunView) -> Bool {
        if case .agent = run.content { true } else { false }
    }

    /// How it went, and what it used.
    static func facts(_ run: TraceRunView, now: Timestamp) -> HTML {
        let attempt = run.attempt
        let cost: HTML? = attempt.cost == .none ? nil : "<dt>Est. cost</dt><dd>\(Parts.cost(attempt.cost))</dd>"
        let facts: [HTML?] = [
            "<dt>Run \(attempt.number)</dt><dd>\(Parts.badge(attempt.state))</dd>",
            attempt.startedAt.map { "<dt>Started</dt><dd>\(Parts.exact($0))</dd>" }, took(attempt, now: now),
            attempt.tokens.map { "<dt>Tokens</dt><dd>\(Parts.tokens($0))</dd>" }, cost,
            attempt.cause.map { "<dt>Because</dt><dd>\(NamedText.render($0))</dd>" },
        ]
        return """
            <dl class="facts trace-facts">\(facts.compactMap(\.self).map { "<div>\($0)</div>" as HTML })</dl>
            """
    }

    private static func took(_ attempt: AttemptView, now: Timestamp) -> HTML? {
        guard let start = attempt.startedAt else { return nil }
        let duration: DurationView =
            attempt.endedAt.map {
                .fixed(milliseconds: max(0, $0.milliseconds(since: start)))
            } ?? .counting(since: start)
        return "<dt>Duration</dt><dd>\(Parts.duration(duration, now: now))</dd>"
    }

    private static func failure(_ failure: FailureView?) -> HTML {
        guard let failure else { return .empty }
        return """
            <div class="error"><h3>Error</h3><p><b>\(NamedText.render(Format.code(failure.cause)))</b>: \
            \(NamedText.render(failure.sentence))</p></div>
            """
    }

    private static func content(_ run: TraceRunView, id: String) -> HTML {
        switch run.content {
        case .command(let command): CommandDetail.render(command, id: id, isOpen: true)
        case .http(let call): HTTPCallDetail.render(call, id: id, isOpen: true)
        case .agent(let agent): AgentTrace.render(agent, id: id)
        case .values(let input, let trace):
            """
            \(PayloadBlock.render(input, id: "\(id)-input", name: "Input"))\
            \(PayloadBlock.render(trace, id: "\(id)-trace", name: "What it left behind"))
            """
        }
    }
}
