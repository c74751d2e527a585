internal import Core

/// The steps as stations of a track, each of which opens.
enum StepTrack: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        """
        <section class="panel steps" aria-labelledby="steps-heading">
        <h2 id="steps-heading">Steps</h2>
        <ol class="track">
        \(view.steps.map { station($0, now: view.now) })
        </ol>
        </section>
        """
    }

    private static func station(_ step: StepView, now: Timestamp) -> HTML {
        let id = ElementID.step(step.path)
        return """
            <li class="\(step.state.rawValue) tone-\(step.state.tone.rawValue)" id="\(id)">\
            <details\(attribute: "open", if: step.state == .failed)>
            <summary class="station-head">\(Icons.lamp(step.state))\
            <span class="name">\(step.path.rawValue)</span>\
            <span class="kind">\(step.kind)</span>\
            <span class="figures">\(figures(step, now: now))</span>\
            <span class="what">\(what(step))</span></summary>
            <div class="inside">\(StepContents.render(step, id: id))</div>
            </details></li>

            """
    }

    private static func figures(_ step: StepView, now: Timestamp) -> HTML {
        var pieces: [HTML] = []
        if step.runs > 1 { pieces.append("<span class=\"number\">\(step.runs) runs</span>") }
        if let tokens = step.tokens {
            pieces.append("<span>\(Parts.tokens(tokens)) tokens</span>")
        }
        if step.duration != .notStarted { pieces.append(Parts.duration(step.duration, now: now)) }
        pieces.append("<span class=\"word\">\(step.state.word)</span>")
        return HTML(pieces)
    }

    /// The most telling thing about a step: its error, what it waits for, the beginning of its output, or its summary.
    private static func what(_ step: StepView) -> HTML {
        if let failure = step.failure { return "<span class=\"bad\">\(failure.sentence)</span>" }
        if let reason = step.reason { return "\(reason)" }
        if let preview = step.preview { return "<span class=\"preview\">\(preview)</span>" }
        return "\(step.summary)"
    }
}
