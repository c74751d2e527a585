internal import Core

/// The steps as stations of a track, each of which opens; loops and branches are sidings below their station.
enum StepTrack: Sendable {
    static func render(_ view: StepsPartView, now: Timestamp) -> HTML {
        let all = view.steps.withDescendants
        let untaken = all.reduce(0) { $0 + $1.pathsNotTaken.count }
        let skipped = all.count { $0.state == .skipped }
        return """
            <section class="panel steps" aria-labelledby="steps-heading">
            <div class="panel-head"><h2 id="steps-heading">Steps</h2>\
            \(toggle(untaken: untaken, skipped: skipped), if: untaken + skipped > 0)</div>
            \(track(view.steps, now: now))
            </section>
            """
    }

    /// Works without scripts: the style sheet hides what the box does not ask for.
    private static func toggle(untaken: Int, skipped: Int) -> HTML {
        let counts = [
            untaken > 0 ? Format.count(untaken, "path") : nil, skipped > 0 ? "\(skipped) skipped" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        return """
            <label class="switch" for="show-untaken"><input type="checkbox" id="show-untaken">\
            <span>Show paths not taken</span> <span class="dim">\(counts)</span></label>
            """
    }

    private static func track(_ steps: [StepView], now: Timestamp) -> HTML {
        "<ol class=\"track\">\n\(steps.map { station($0, now: now) })</ol>"
    }

    private static func station(_ step: StepView, now: Timestamp) -> HTML {
        let id = ElementID.step(step.path)
        // A loop folds its iterations, an iteration its steps; of a branch there is one path, which is always in sight.
        let folds = ["for_each", "iteration"].contains(step.kind)
        return """
            <li class="\(step.state.rawValue) tone-\(step.state.tone.rawValue)" id="\(id)">\
            <details\(attribute: "open", if: isOpen(step))>
            <summary class="station-head">\(Icons.lamp(step.state))\
            <span class="name">\(NamedText.render(step.name))</span>\
            <span class="kind">\(Icons.kind(of: step.kind))\(NamedText.render(kind(step)))</span>\
            <span class="figures">\(StepFigures.render(step, now: now))</span>\
            <span class="what">\(StepFigures.what(step))</span></summary>
            \(folded(step, id: id, now: now), if: folds)\
            \(contents(step, id: id, now: now))
            </details>\(parts(step, now: now), if: !folds)</li>

            """
    }

    /// What failed is shown at once, and what the address asks for, with everything it stands in.
    private static func isOpen(_ step: StepView) -> Bool {
        let isMeant = { (step: StepView) in step.state == .failed || step.isChosen }
        return isMeant(step) || step.page != nil || step.descendants.contains(where: isMeant)
    }

    /// The parts of a branch or loop have no kind of their own that would tell anything.
    private static func kind(_ step: StepView) -> String {
        switch step.kind {
        case "iteration": ""
        case "path": "path taken"
        default: step.doer.map { "\(step.kind) · \($0)" } ?? step.kind
        }
    }

    /// What it was given and has made: here, or where the script finds it when the step is opened.
    private static func contents(_ step: StepView, id: String, now: Timestamp) -> HTML {
        guard let fragment = step.contents else {
            return "<div class=\"inside\">\(StepContents.render(step, id: id, now: now))</div>"
        }
        return """
            <div class="inside" id="\(id)-inside"\(loaded(fragment))>\
            \(fragment.isLoaded ? StepContents.render(step, id: id, now: now) : fallback(fragment, "Show what it was given and has made"))</div>
            """
    }

    /// What stands in a loop or an iteration: here, or where the script finds it.
    private static func folded(_ step: StepView, id: String, now: Timestamp) -> HTML {
        guard let fragment = step.parts else { return parts(step, now: now) }
        let isLoaded = step.page != nil
        var marked = fragment
        marked.isLoaded = isLoaded
        return """
            <div class="parts" id="\(id)-parts"\(loaded(marked))>\
            \(isLoaded ? parts(step.children, page: step.page, now: now) : fallback(fragment, "Show what stands in it"))</div>
            """
    }

    /// Marks what the script loads: from where, and which version of it stands here already. The stream's messages leave
    /// what stands inside alone.
    private static func loaded(_ fragment: FragmentView) -> HTML {
        """
         hx-morph-skip-children data-load="\(fragment.path)" data-version="\(fragment.version)"\
        \(attribute: "data-has", fragment.isLoaded ? fragment.version : nil)
        """
    }

    private static func fallback(_ fragment: FragmentView, _ word: String) -> HTML {
        "<p class=\"fallback\"><a href=\"\(fragment.page)\">\(word)</a></p>"
    }

    /// What stands in a loop or an iteration, with the ways to the other pages of a long loop.
    static func parts(_ steps: [StepView], page: LoopPageView?, now: Timestamp) -> HTML {
        let list: HTML = "<ol class=\"track nested\">\n\(steps.map { station($0, now: now) })</ol>"
        guard let page else { return steps.isEmpty ? .empty : list }
        return "\(LoopPager.render(page))\(list, if: !steps.isEmpty)"
    }

    private static func parts(_ step: StepView, now: Timestamp) -> HTML {
        guard !step.children.isEmpty || !step.pathsNotTaken.isEmpty else { return .empty }
        var items = HTML.empty
        var previous: Int?
        for child in step.children {
            let index = child.kind == "iteration" ? Int(child.path.name) : nil
            if let index, let previous, index > previous + 1, let hidden = step.loop?.hidden, hidden > 0 {
                items += gap(hidden, in: step.path)
            }
            previous = index ?? previous
            items += station(child, now: now)
        }
        return "<ol class=\"track nested\">\n\(items)\(step.pathsNotTaken.map { untaken($0, chooser: step.doer) })</ol>"
    }

    private static func gap(_ hidden: Int, in loop: StepPath) -> HTML {
        """
        <li class="gap" id="\(ElementID.step(loop))-gap">\(Format.count(hidden, "iteration")) more, not listed here</li>

        """
    }

    /// - Parameter chooser: the agent that chose between the paths; nil where conditions did.
    private static func untaken(_ path: UntakenPathView, chooser: String?) -> HTML {
        let id = ElementID.step(path.path)
        return """
            <li class="untaken tone-gray" id="\(id)"><details><summary class="station-head">\(Icons.cross)\
            <span class="name">\(NamedText.render(String(path.path.name)))</span><span class="kind">path</span>\
            <span class="figures"><span class="word">Not taken</span></span></summary>
            <div class="inside">\(condition(of: path, chooser: chooser))</div></details></li>

            """
    }

    private static func condition(of path: UntakenPathView, chooser: String?) -> HTML {
        guard let condition = path.condition else {
            let why: HTML =
                chooser.map { "\(NamedText.render($0)) chose another path." } ?? "Its condition was not looked at."
            return "<p class=\"dim\">\(why)</p>"
        }
        return ConditionBlock.render(condition, heading: "Why not")
    }
}
