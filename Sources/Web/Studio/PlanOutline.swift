internal import Core

/// The steps of a plan as a list that nests as they do: what the flowchart shows, in words.
enum PlanOutline: Sendable {
    /// - Parameter address: where a step leads; nil for nowhere.
    static func render(_ view: PlanOutlineView, _ address: (PlanOutlineView.Step) -> String?) -> HTML {
        list(view.steps, address)
    }

    private static func list(_ steps: [PlanOutlineView.Step], _ address: (PlanOutlineView.Step) -> String?) -> HTML {
        "<ol class=\"outline\">\(steps.map { item($0, address) })</ol>"
    }

    private static func item(_ step: PlanOutlineView.Step, _ address: (PlanOutlineView.Step) -> String?) -> HTML {
        let blocks = step.blocks.map { name, steps -> HTML in
            "\("<p class=\"path\">\(name)</p>", if: !name.isEmpty)\(list(steps, address))"
        }
        return """
            <li><span class="step">\(name(of: step, address(step)))<span class="kind dim">\(step.kind)</span></span>\
            \(step.summary.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })\(blocks)</li>
            """
    }

    private static func name(of step: PlanOutlineView.Step, _ address: String?) -> HTML {
        guard let address else { return "<span class=\"name\">\(step.name)</span>" }
        return """
            <a class="name" href="\(Address.own(address))"\(attribute: "data-line", step.line.map(String.init))>\(step.name)</a>
            """
    }
}
