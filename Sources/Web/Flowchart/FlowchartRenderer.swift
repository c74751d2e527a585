internal import Core
internal import Plans
internal import Runtime

/// Draws a flowchart: links with lamps and words, between them the arrows. What changes while a task runs is classes and
/// words alone, so that zoom, scroll position and focus survive it.
struct FlowchartRenderer: Sendable {
    let chart: Flowchart
    let layout: GraphLayout
    let knowledge: FlowKnowledge
    /// What the drawing is called for those who do not see it.
    let label: String

    private static let margin = 8

    /// The drawing alone.
    func svg() -> HTML {
        let (width, height) = (layout.width + 2 * Self.margin, layout.height + 2 * Self.margin)
        return """
            <svg class="flow" id="flow" viewBox="-\(Self.margin) -\(Self.margin) \(width) \(height)" width="\(width)" \
            height="\(height)" role="group" aria-label="\(label)">
            <defs>\(Self.tips)</defs>
            \(zip(chart.frames, layout.frames).map(frame))\
            <g class="flow-edges" aria-hidden="true">\(zip(chart.edges, layout.edges).map(edge))</g>
            \(chart.nodes.indices.map(node))</svg>
            """
    }

    /// One tip for each look of an arrow: a marker does not take on the colour of its line everywhere.
    private static let tips: HTML = HTML(
        [tip("flow-tip"), tip("flow-tip-passed"), tip("flow-tip-untaken")])

    private static func tip(_ id: StaticString) -> HTML {
        """
        <marker id="\("\(id)")" class="\("\(id)")" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
        markerUnits="userSpaceOnUse" orient="auto"><path d="M0 .6L7.6 4 0 7.4z"/></marker>
        """
    }

    private func frame(_ frame: Flowchart.Frame, _ box: GraphLayout.Box) -> HTML {
        """
        <rect class="flow-frame" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" rx="14"/>

        """
    }

    private func edge(_ edge: GraphSketch.Edge, _ curve: GraphLayout.Curve) -> HTML {
        var data = ""
        for (place, point) in curve.points.enumerated() {
            let command = place == 0 ? "M" : place % 3 == 1 ? "C" : " "
            data += "\(command)\(point.x) \(point.y)"
        }
        data += "L\(curve.tip.x) \(curve.tip.y)"
        switch look(of: edge) {
        case .plain: return "<path class=\"flow-edge\" d=\"\(data)\" marker-end=\"url(#flow-tip)\"/>"
        case .passed: return "<path class=\"flow-edge passed\" d=\"\(data)\" marker-end=\"url(#flow-tip-passed)\"/>"
        case .untaken:
            return "<path class=\"flow-edge untaken\" d=\"\(data)\" marker-end=\"url(#flow-tip-untaken)\"/>"
        }
    }

    private enum EdgeLook { case plain, passed, untaken }

    private func look(of edge: GraphSketch.Edge) -> EdgeLook {
        let (tail, head) = (chart.nodes[edge.tail], chart.nodes[edge.head])
        if knowledge.isUntaken(tail) || knowledge.isUntaken(head) { return .untaken }
        guard knowledge.isReached(tail) else { return .plain }
        // Straight from a branch to its end: only where no path was taken.
        if case .join = head.role, case .step(let step) = tail.role, tail.place == head.place {
            let names = step.kind.blocks.map { "\(tail.place)/\($0.name)" }
            if names.contains(where: { knowledge.paths[$0] == .taken }) { return .untaken }
        }
        if case .end = head.role { return knowledge.stations?[tail.place]?.state.isFinal == true ? .passed : .plain }
        return knowledge.isReached(head) ? .passed : .plain
    }

    private func node(_ place: Int) -> HTML {
        let (node, box) = (chart.nodes[place], layout.nodes[place])
        switch node.role {
        case .start: return terminal("Start", box)
        case .end: return terminal("End", box)
        case .join: return "<circle class=\"flow-join\" cx=\"\(box.x + 6)\" cy=\"\(box.y + 6)\" r=\"4\"/>\n"
        case .path(let path, let isOtherwise):
            return FlowPathBox(
                path: path, isOtherwise: isOtherwise, node: node, box: box, knowledge: knowledge,
                links: links(of: place)
            ).render()
        case .step(let step):
            return FlowStepBox(step: step, node: node, box: box, knowledge: knowledge, links: links(of: place)).render()
        }
    }

    private func terminal(_ word: StaticString, _ box: GraphLayout.Box) -> HTML {
        """
        <g class="flow-terminal"><rect x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" rx="13"/>\
        <text x="\(box.x + box.width / 2)" y="\(box.y + 17)" text-anchor="middle">\("\(word)")</text></g>

        """
    }

    /// What arrow keys go to: the ids of the next boxes that can have the focus, and of those before.
    private func links(of place: Int) -> HTML {
        let next = neighbours(of: place) { ($0.tail, $0.head) }
        let before = neighbours(of: place) { ($0.head, $0.tail) }
        return """
            \(attribute: "data-next", next.isEmpty ? nil : next.joined(separator: " "))\
            \(attribute: "data-before", before.isEmpty ? nil : before.joined(separator: " "))
            """
    }

    private func neighbours(of place: Int, _ ends: (GraphSketch.Edge) -> (from: Int, to: Int)) -> [String] {
        var found: [String] = []
        var seen: Set<Int> = [place]
        var rest = [place]
        while let from = rest.popLast() {
            for edge in chart.edges where ends(edge).from == from {
                let to = ends(edge).to
                guard seen.insert(to).inserted else { continue }
                switch chart.nodes[to].role {
                case .step, .path: found.append(ElementID.flow(chart.nodes[to].place))
                case .join: rest.append(to)
                case .start, .end: break
                }
            }
        }
        return found
    }
}
