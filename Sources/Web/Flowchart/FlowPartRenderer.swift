internal import Core
internal import Runtime

/// The part of a task's page that shows the plan as a graph with live states.
enum FlowPartRenderer: Sendable {
    static func render(_ view: FlowView) -> HTML {
        let renderer = FlowchartRenderer(
            chart: view.chart, layout: view.layout, knowledge: view.knowledge,
            label: "Flowchart of the plan \(view.planName)")
        return """
            <section class="flow-part" aria-label="Flowchart">
            \(view.loops.map(loop))\
            \(FlowPane.render(renderer.svg(), shortcoming: view.layout.shortcoming))
            \(branches(view.branches), if: !view.branches.isEmpty)</section>
            """
    }

    private static func loop(_ loop: FlowLoopView) -> HTML {
        let which: HTML =
            loop.iteration.map {
                "iteration <b class=\"number\">#\($0)</b>, \(Format.grouped(Int64(loop.begun))) begun"
            }
            ?? "no iteration has begun"
        return """
            <div class="flow-loop"><span><b>\(NamedText.render(loop.loop.rawValue))</b> \
            <span class="dim">\(loop.words) ·</span> shown: \(which)</span>
            <nav aria-label="Iterations of \(loop.loop.rawValue)">\(link(loop.firstFailed, "First failed", loop))\
            \(link(loop.previous, "Previous", loop))\(link(loop.next, "Next", loop))\(link(loop.fold, "Fold", loop))</nav></div>

            """
    }

    private static func link(_ address: String?, _ word: String, _ loop: FlowLoopView) -> HTML {
        guard let address else { return .empty }
        let id =
            "\(ElementID.flow(loop.loop.rawValue))-\(word.split(separator: " ").joined(separator: "-").lowercased())"
        return """
            <a class="button" id="\(id)" data-flow-go href="\(Address.own(address))">\(word)</a>
            """
    }

    private static func branches(_ branches: [FlowBranchView]) -> HTML {
        let items = branches.map { branch -> HTML in
            let choice: HTML =
                branch.choice.map { "<div class=\"inside\">\(ConditionBlock.render($0))</div>" } ?? .empty
            return """
                <h3 class="flow-branch">\(NamedText.render(branch.branch.rawValue))</h3>\(choice)
                <ul class="flow-branches">\(branch.paths.map(path))</ul>

                """
        }
        return """
            <section class="panel flow-aside" aria-labelledby="flow-branches-heading">
            <h2 id="flow-branches-heading">Branches and their conditions</h2>
            \(items)</section>

            """
    }

    private static func unexplained(_ state: FlowPathState) -> String {
        switch state {
        case .open: "The branch has not been reached yet."
        case .unreached: "The task has ended before the branch chose a path."
        case .taken, .notTaken: "Its condition was not looked at."
        }
    }

    private static func path(_ path: FlowBranchView.Path) -> HTML {
        let (tone, icon): (StaticString, HTML) =
            switch path.state {
            case .open, .unreached: ("tone-gray", Icons.lamp(.queued))
            case .taken: ("tone-green", Icons.lamp(.completed))
            case .notTaken: ("tone-gray", Icons.cross)
            }
        let explanation =
            path.explanation.map { ConditionBlock.render($0, heading: path.state == .taken ? "Why" : "Why not") }
            ?? "<p class=\"dim\">\(unexplained(path.state))</p>"
        return """
            <li class="\("\(tone)")" id="\(ElementID.flowPath(path.place))"><details><summary>\(icon)\
            <span class="name">\(NamedText.render(path.name))</span><span class="word">\(path.state.word ?? "Open")</span>\
            <code>\(NamedText.render(FlowWords.short(path.condition, 160)))</code></summary>
            <div class="inside">\(explanation)</div></details></li>

            """
    }
}
