internal import Core

/// The steps of both tasks, aligned; those that are the same are folded.
enum CompareSteps: Sendable {
    /// So many changed steps stand open from the beginning.
    private static let openMaximum = 6

    /// - Parameter path: of the page of these two.
    static func render(_ pair: CompareView.Pair, path: String, _ budget: inout CompareBudget) -> HTML {
        guard !pair.steps.isEmpty else { return .empty }
        let hidden: HTML = """
            <li class="folded dim">\(Format.count(pair.hiddenSteps, "further step")) are not compared here.</li>
            """
        let heading: HTML = pair.part.map { "Iterations of \(NamedText.render($0.loop.rawValue))" } ?? "Steps"
        return """
            <section class="panel compared" aria-labelledby="compared-steps"><div class="panel-head">\
            <h2 id="compared-steps">\(heading)</h2><span class="dim">\(summary(pair.steps))</span></div>
            <ol class="compared-steps">\(rows(pair, path: path, &budget))\(hidden, if: pair.hiddenSteps > 0)</ol></section>
            """
    }

    /// Further iterations of a loop, in the place of the line that led to them.
    static func part(_ pair: CompareView.Pair, path: String) -> HTML {
        var budget = CompareBudget()
        return HTML(rows(pair, path: path, &budget))
    }

    private static func rows(_ pair: CompareView.Pair, path: String, _ budget: inout CompareBudget) -> [HTML] {
        var rows: [HTML] = []
        var equal: [ComparedStepView] = []
        var changed = 0
        // The loops around the step that are not shown to their end.
        var loops: [UnfinishedLoop] = []
        if let part = pair.part { loops.append(UnfinishedLoop(path: part.loop, more: part.moreIterations)) }
        func flush() {
            rows.append(fold(equal))
            equal = []
        }
        func leave(_ loop: UnfinishedLoop) {
            guard loop.more > 0 else { return }
            flush()
            rows.append(more(loop, path: path))
        }
        for step in pair.steps {
            while let loop = loops.last, !loop.path.contains(step.path) { leave(loops.removeLast()) }
            if let loop = loops.last, step.path.parent == loop.path {
                loops[loops.count - 1].last = Int(step.path.name) ?? loop.last
            }
            if step.moreIterations > 0 { loops.append(UnfinishedLoop(path: step.path, more: step.moreIterations)) }
            if step.verdict == .same {
                equal.append(step)
                continue
            }
            flush()
            changed += 1
            rows.append(row(step, isOpen: changed <= openMaximum, &budget))
        }
        while let loop = loops.popLast() { leave(loop) }
        flush()
        return rows
    }

    /// A loop of which further iterations can be asked for.
    private struct UnfinishedLoop {
        var path: StepPath
        var more: Int
        var last = -1
    }

    private static func more(_ loop: UnfinishedLoop, path: String) -> HTML {
        let address = "\(path)?loop=\(Escape.part(loop.path.rawValue))&after=\(loop.last)"
        let next = min(loop.more, Limits.comparedIterationsMaximum)
        return """
            <li class="folded more"><a href="\(address)" hx-get="\(address)" hx-target="closest li" hx-swap="outerHTML">\
            Compare the next \(Format.grouped(Int64(next)))</a> <span class="dim">\
            of \(Format.count(loop.more, "further iteration")) of \(NamedText.render(loop.path.rawValue))</span></li>
            """
    }

    private static func summary(_ steps: [ComparedStepView]) -> String {
        let words: [(ComparedStepView.Verdict, String)] = [
            (.changed, "changed"), (.same, "the same"), (.onlyBefore, "only before"), (.onlyAfter, "only after"),
        ]
        return words.compactMap { verdict, word in
            let count = steps.count { $0.verdict == verdict }
            return count > 0 ? "\(Format.grouped(Int64(count))) \(word)" : nil
        }.joined(separator: " · ")
    }

    private static func fold(_ steps: [ComparedStepView]) -> HTML {
        guard !steps.isEmpty else { return .empty }
        let rows = steps.map { "<li class=\"same-step\">\(line($0))</li>" as HTML }
        return """
            <li class="folded"><details><summary>\(Format.count(steps.count, "step")) the same</summary>\
            <ol>\(rows)</ol></details></li>
            """
    }

    private static func row(
        _ step: ComparedStepView, isOpen: Bool, _ budget: inout CompareBudget
    ) -> HTML {
        let id = "compared-\(ElementID.step(step.path))"
        guard !step.input.isEmpty || !step.output.isEmpty else {
            return "<li class=\"plain-step\">\(line(step))</li>"
        }
        let more: HTML = "<p class=\"dim\">There are more differences in its values than are shown.</p>"
        return """
            <li><details\(attribute: "open", if: isOpen)><summary>\(line(step))</summary><div class="inside">\
            \(part("Input", step.input, id: "\(id)-input", &budget))\
            \(part("Output", step.output, id: "\(id)-output", &budget))\(more, if: step.hasMore)</div></details></li>
            """
    }

    private static func part(
        _ heading: String, _ differences: [DifferenceView], id: String, _ budget: inout CompareBudget
    ) -> HTML {
        guard !differences.isEmpty else { return .empty }
        return "<h3>\(heading)</h3>\(Self.differences(differences, id: id, &budget))"
    }

    /// Each place with what changed there.
    static func differences(_ differences: [DifferenceView], id: String, _ budget: inout CompareBudget) -> HTML {
        var html = HTML.empty
        for (place, difference) in differences.enumerated() {
            let pointer: HTML = """
                <p class="pointer"><code>\(NamedText.render(difference.pointer))</code>\(sides(difference))</p>
                """
            html += "\(pointer, if: !difference.pointer.isEmpty || difference.before == nil || difference.after == nil)"
            guard budget.take() else {
                html += "<p class=\"dim\">Too many differences for one page: open the steps.</p>"
                return html
            }
            html += DiffBlock.render(before: difference.before, after: difference.after, id: "\(id)-\(place)")
        }
        return html
    }

    private static func sides(_ difference: DifferenceView) -> HTML {
        switch (difference.before, difference.after) {
        case (nil, _): " <span class=\"dim\">only after</span>"
        case (_, nil): " <span class=\"dim\">only before</span>"
        default: .empty
        }
    }

    private static func line(_ step: ComparedStepView) -> HTML {
        """
        <span class="step-line"><span class="state">\(states(step))</span>\
        <span class="name">\(NamedText.render(step.path.rawValue))</span>\(verdict(step.verdict))\
        <span class="step-figures">\(figures(step))</span></span>
        """
    }

    private static func verdict(_ verdict: ComparedStepView.Verdict) -> HTML {
        switch verdict {
        case .same: .empty
        case .changed: "<span class=\"label\">changed</span>"
        case .onlyBefore: "<span class=\"label\">− only before</span>"
        case .onlyAfter: "<span class=\"label\">+ only after</span>"
        }
    }

    private static func states(_ step: ComparedStepView) -> HTML {
        let states = [step.before?.state, step.after?.state].compactMap(\.self)
        let shown = states.count == 2 && states[0] == states[1] ? [states[0]] : states
        let lamps = shown.map { state -> HTML in
            "<span class=\"tone-\(state.tone.rawValue)\" title=\"\(state.word)\">\(Icons.lamp(state))<span class=\"hidden\">\(state.word)</span></span>"
        }
        return lamps.count == 2
            ? "\(lamps[0])<span class=\"dim\" aria-hidden=\"true\">→</span><span class=\"hidden\"> then </span>\(lamps[1])"
            : HTML(lamps)
    }

    private static func figures(_ step: ComparedStepView) -> HTML {
        let (before, after) = (step.before, step.after)
        let time: HTML =
            switch (before?.milliseconds, after?.milliseconds) {
            case (let old?, let new?):
                "\(FormParts.duration(old)) → \(FormParts.duration(new))"
            case (let one?, nil), (nil, let one?): "\(FormParts.duration(one))"
            case (nil, nil): .empty
            }
        let (old, new) = (before?.tokens ?? 0, after?.tokens ?? 0)
        let tokens: HTML =
            "<span class=\"number\" title=\"Tokens\">\(Format.grouped(old)) → \(Format.grouped(new)) tokens</span>"
        let cost: HTML =
            "<span class=\"number\" title=\"Cost\">\(Parts.cost(before?.cost ?? .none)) → \(Parts.cost(after?.cost ?? .none))</span>"
        let reused: HTML = "<span class=\"dim\">taken over</span>"
        return """
            \(reused, if: after?.isReused == true)<span class="number">\(time)</span>\
            \(tokens, if: old > 0 || new > 0)\(cost, if: old > 0 || new > 0)
            """
    }
}
