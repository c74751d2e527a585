internal import Core

/// What a closed step says in its two lines.
enum StepFigures: Sendable {
    /// The figures at its right.
    static func render(_ step: StepView, now: Timestamp) -> HTML {
        var pieces: [HTML] = []
        if let task = step.reusedFrom {
            pieces.append("<span class=\"label\">reused from \(task.description)</span>")
        }
        if step.runs > 1 { pieces.append("<span class=\"number\">\(step.runs) runs</span>") }
        if let tokens = step.tokens { pieces.append("<span>\(Parts.tokens(tokens)) tokens</span>") }
        if step.cost != .none { pieces.append("<span class=\"cost\">\(Parts.cost(step.cost))</span>") }
        if let until = step.wait?.until {
            pieces.append(
                "<span>\(Parts.countdown(to: until, verb: step.wait?.reason == "retry" ? "again" : "until", now: now))</span>"
            )
        } else if let wait = step.wait {
            pieces.append("<span>since \(Parts.age(wait.since, now: now))</span>")
        } else if step.duration != .notStarted {
            pieces.append(Parts.duration(step.duration, now: now))
        }
        pieces.append("<span class=\"word\">\(step.state.word)</span>")
        return HTML(pieces)
    }

    /// The most telling thing about a step: how far a loop is, its error, what it waits for, why a path was taken, the
    /// beginning of its output, or its summary.
    static func what(_ step: StepView) -> HTML {
        if let loop = step.loop { return progress(of: loop, state: step.state) }
        if let failure = step.failure {
            let sentence = NamedText.render(failure.sentence)
            return step.state == .failed ? "<span class=\"bad\">\(sentence)</span>" : sentence
        }
        if let reason = step.reason { return Parts.sentence(reason, until: step.wait?.until) }
        if let choice = step.choice { return NamedText.render("chosen by \(choice.agent): \(choice.reason)") }
        if let condition = step.explanation {
            return "because <code>\(NamedText.render(condition.expression))</code>"
        }
        if step.kind == "path" { return step.path.name == "otherwise" ? "because no condition held" : .empty }
        if step.kind == "branch", step.state == .completed, step.children.isEmpty {
            return "took none of its \(Format.count(step.pathsNotTaken.count, "path"))"
        }
        if let preview = step.preview { return "<span class=\"preview\">\(NamedText.render(preview))</span>" }
        return step.summary.map(NamedText.render) ?? .empty
    }

    private static func progress(of loop: LoopView, state: DisplayState) -> HTML {
        guard let total = loop.total, total > 0 else { return "\(loop.words)" }
        let progress = ProgressView(finished: loop.finished, current: loop.finished, total: total)
        return
            "<span class=\"loop\">\(Parts.bar(progress, state: state))<span class=\"number\">\(loop.words)</span></span>"
    }
}
