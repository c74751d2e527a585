internal import Core

/// Draws where tokens and money went: a flame view, in which each row stands below what it is part of, and a table with the
/// same figures.
enum CostsRenderer: Sendable {
    private static let rowHeight = 26
    private static let depthMaximum = 24

    static func render(_ view: CostsView) -> HTML {
        """
        <section class="panel costs" aria-labelledby="costs-heading">
        <div class="panel-head"><h2 id="costs-heading">Where it went</h2>\(switches(view))</div>
        \(view.root.isUsed ? contents(view) : nothing)
        </section>
        """
    }

    private static let nothing: HTML = """
        <p class="dim cost-note">No model was called so far, so there is nothing to pay for.</p>
        """

    private static func switches(_ view: CostsView) -> HTML {
        let links = CostMeasure.allCases.map { measure -> HTML in
            """
            <a class="button" href="/tasks/\(view.task.rawValue)?part=costs&amp;by=\(measure.rawValue)"\
            \(attribute: "aria-current", measure == view.measure ? "true" : nil)>By \(measure.word.lowercased())</a>
            """
        }
        return "<nav class=\"segments\" aria-label=\"What the widths are\">\(links)</nav>"
    }

    private static func contents(_ view: CostsView) -> HTML {
        """
        \(figures(view))\(view.notes.map { "<p class=\"dim cost-note\">\($0)</p>" as HTML })\(flame(view))
        \(CostTable.render(view))
        """
    }

    private static func figures(_ view: CostsView) -> HTML {
        let whole: HTML =
            view.withChildren.map { "<div><dt>With child tasks</dt><dd>\(Parts.wholeCost($0))</dd></div>" } ?? .empty
        return """
            <dl class="facts cost-facts"><div><dt>\(view.withChildren == nil ? "Cost" : "Own cost")</dt><dd>\(Parts.wholeCost(view.own))</dd></div>\(whole)\
            <div><dt>Tokens</dt><dd>\(Parts.tokens(TokensView(view.root.usage)))</dd></div></dl>
            """
    }

    private static func flame(_ view: CostsView) -> HTML {
        let unknown = max(1, Double(view.root.cost.rawValue) * 0.05)
        var boxes = HTML.empty
        var depth = 0
        let total = view.root.weight(view.measure, unknown: unknown)
        guard total > 0 else { return .empty }
        func draw(_ node: CostNode, at left: Double, width: Double, level: Int) {
            guard level < depthMaximum, width >= 0.0004 else { return }
            depth = max(depth, level + 1)
            boxes += box(node, view.measure, left: left, width: width, level: level, of: view.root)
            let weight = node.weight(view.measure, unknown: unknown)
            guard weight > 0 else { return }
            var place = left
            for child in node.children {
                let share = width * child.weight(view.measure, unknown: unknown) / weight
                draw(child, at: place, width: share, level: level + 1)
                place += share
            }
        }
        draw(view.root, at: 0, width: 1, level: 0)
        return """
            <svg class="flame" width="100%" height="\(depth * rowHeight)" role="group" \
            aria-label="Flame view by \(view.measure.word.lowercased())">
            <defs><pattern id="cost-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
            <rect class="hatch-unknown" width="2.4" height="6"/></pattern></defs>
            \(boxes)</svg>
            """
    }

    private static func box(
        _ node: CostNode, _ measure: CostMeasure, left: Double, width: Double, level: Int, of root: CostNode
    ) -> HTML {
        let figure =
            switch measure {
            case .cost: Self.words(node.costView)
            case .tokens: "\(Format.grouped(node.usage.total)) tokens"
            }
        let share = percentOfWhole(node, measure, of: root)
        let name = FlowWords.short(node.name, 120)
        let label = [name, node.kind, figure, share].filter { !$0.isEmpty }.joined(separator: ", ")
        let isUnknown = measure == .cost && !node.isCostKnown
        let contents: HTML = """
            <title>\(label)
            \(node.usage.words(Format.grouped))</title>\
            <rect class="cost-box level-\(level % 4)" x="0" y="0" width="100%" height="\(rowHeight - 2)" rx="3"/>\
            \(unknownBox, if: isUnknown)\
            <text x="7" y="16">\(name) <tspan class="figure">\(figure)</tspan></text>
            """
        let frame: HTML = """
            <svg x="\(percent(left))" y="\(level * rowHeight)" width="\(percent(width))" height="\(rowHeight)">
            """
        guard let address = node.address else {
            return "\(frame)<g role=\"img\" aria-label=\"\(label)\">\(contents)</g></svg>\n"
        }
        return "\(frame)<a href=\"\(Address.own(address))\" aria-label=\"\(label)\">\(contents)</a></svg>\n"
    }

    private static let unknownBox: HTML = """
        <rect class="cost-hatch" x="0" y="0" width="100%" height="24" rx="3"/>
        """

    private static func percentOfWhole(_ node: CostNode, _ measure: CostMeasure, of root: CostNode) -> String {
        let (part, whole) =
            switch measure {
            case .cost: (node.cost.rawValue, root.cost.rawValue)
            case .tokens: (node.usage.total, root.usage.total)
            }
        guard whole > 0, measure == .tokens || (root.isCostKnown && node.isCostKnown) else { return "" }
        return "\(Int((Double(part) / Double(whole) * 100).rounded())) %"
    }

    /// An amount in words, as `Parts.cost` shows it.
    static func words(_ cost: CostView) -> String {
        switch cost {
        case .none: "–"
        case .unknown: "unknown"
        case .atLeast(let amount): "unknown, at least \(Format.dollars(nanoDollars: amount))"
        case .nanoDollars(let amount): Format.dollars(nanoDollars: amount)
        }
    }

    private static func percent(_ share: Double) -> String {
        let thousandths = Int64((min(1, max(0, share)) * 100_000).rounded())
        return "\(thousandths / 1_000).\(String(1_000 + thousandths % 1_000).dropFirst())%"
    }
}
