internal import Core
internal import Plans
internal import Runtime

/// A step in a flowchart: lamp, name, kind, what it is about, and in a task its state in words.
struct FlowStepBox {
    let step: StepDefinition
    let node: Flowchart.Node
    let box: GraphLayout.Box
    let knowledge: FlowKnowledge
    /// Attributes that say what arrow keys go to.
    let links: HTML

    private var station: FlowStation? { knowledge.stations?[node.place] }
    private var isUntaken: Bool { knowledge.isUntaken(node) }

    func render() -> HTML {
        let address = knowledge.addresses[node.place]
        let contents: HTML = "\(shape)\(sign)\(texts)\(bar)"
        let id = ElementID.flow(node.place)
        let body: HTML =
            address.map { address in
                """
                <a class="flow-link" href="\(Address.own(address))" id="\(id)" aria-label="\(description)"\(links)>\
                <title>\(title)</title>\(contents)</a>
                """
            } ?? """
                <g class="flow-link" id="\(id)" role="img" tabindex="0" aria-label="\(description)"\(links)>\
                <title>\(title)</title>\(contents)</g>
                """
        return "<g class=\"\(classes)\">\(body)\(fold)</g>\n"
    }

    private var classes: String {
        let state =
            isUntaken ? "untaken tone-gray" : station.map { "\($0.state.rawValue) tone-\($0.state.tone.rawValue)" }
        return "flow-node kind-\(step.kind.name) \(state ?? "plain")"
    }

    /// What is read out: all that the box says.
    private var description: String {
        let kind = step.kind.name.replacing("_", with: " ")
        return ["\(step.name): \(kind)", word].compactMap(\.self).joined(separator: ", ")
    }

    /// What is told on hover: what the box has no room for.
    private var title: String {
        let condition = step.conditionText.map { "if \($0)" }
        let parts = [step.name, step.summary, FlowWords.what(step), condition, station?.reason].compactMap(\.self)
        return parts.filter { !$0.isEmpty }.map { FlowWords.short($0, 300) }.joined(separator: "\n")
    }

    private var word: String? {
        if isUntaken { return "Not taken" }
        guard let station else { return nil }
        if station.isUnreached { return FlowPathState.unreached.word }
        guard let loop = station.loop else { return station.state.word }
        switch station.state {
        // The lamp has the warning, and the count says what it is about.
        case .completed, .completedWithWarning: return loop.words
        default: return "\(station.state.word) · \(loop.words)"
        }
    }

    private var isStack: Bool {
        if case .forEach = step.kind { !node.isOpened } else { false }
    }

    private var shape: HTML {
        let (x, y, width, height) = (box.x, box.y, box.width, box.height)
        let rect: HTML = "<rect class=\"box\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"9\"/>"
        switch step.kind {
        case .forEach where isStack:
            return """
                <rect class="box behind" x="\(x + 6)" y="\(y + 5)" width="\(width - 2)" height="\(height)" rx="9"/>\(rect)
                """
        case .branch:
            return """
                <path class="box" d="M\(x + 14) \(y)H\(x + width - 14)L\(x + width) \(y + height / 2)L\(x + width - 14) \
                \(y + height)H\(x + 14)L\(x) \(y + height / 2)z"/>
                """
        case .task:
            return "\(rect)<path class=\"inner\" d=\"M\(x + width - 7) \(y + 1)v\(height - 2)\"/>"
        case .approval:
            return """
                \(rect)<rect class="inner" x="\(x + 3)" y="\(y + 3)" width="\(width - 6)" height="\(height - 6)" rx="6"/>
                """
        default: return rect
        }
    }

    /// The lamp of its state, and the sign of its kind; without a task the sign alone.
    private var sign: HTML {
        let kind: HTML = KindIcons.lines(step.kind.name)
        guard let station else {
            return "<g class=\"glyph\" transform=\"translate(\(left) \(box.y + 16))\">\(kind)</g>"
        }
        let lamp = isUntaken ? Icons.crossShape : Icons.shape(of: station.state)
        return """
            <g class="lamp" transform="translate(\(left) \(box.y + 10))">\(lamp)</g>\
            <g class="glyph" transform="translate(\(box.x + box.width - (hasFold ? 54 : 32)) \(box.y + 9)) scale(.9)">\(kind)</g>
            """
    }

    /// A branch has no corners to write into.
    private var left: Int { box.x + (node.isBranch ? 22 : 14) }

    private var hasFold: Bool { knowledge.folds[node.place] != nil }

    private var texts: HTML {
        let x = left + 24
        let what = "\(step.kind.name.replacing("_", with: " ")) · \(FlowWords.what(step))"
        let name = FlowWords.short(step.name, hasFold ? 15 : 19)
        let room = node.isBranch ? 19 : 23
        guard let word else {
            return """
                <text class="name" x="\(x)" y="\(box.y + 20)">\(name)</text>\
                <text class="what" x="\(x)" y="\(box.y + 37)">\(FlowWords.short(what, room))</text>
                """
        }
        return """
            <text class="name" x="\(x)" y="\(box.y + 23)">\(name)</text>\
            <text class="what" x="\(x)" y="\(box.y + 40)">\(FlowWords.short(what, room))</text>\
            <text class="word" x="\(x)" y="\(box.y + 57)">\(FlowWords.short(word, 28))</text>
            """
    }

    /// Of a loop how much of it is done.
    private var bar: HTML {
        guard let loop = station?.loop, let total = loop.total, total > 0 else { return .empty }
        let width = box.width - 20
        let done = width * min(loop.finished, total) / total
        return """
            <rect class="bar-rest" x="\(box.x + 10)" y="\(box.y + box.height - 5)" width="\(width)" height="2"/>\
            <rect class="bar-done" x="\(box.x + 10)" y="\(box.y + box.height - 5)" width="\(done)" height="2"/>
            """
    }

    private var fold: HTML {
        guard let address = knowledge.folds[node.place] else { return .empty }
        let (x, y) = (box.x + box.width - 27, box.y + 7)
        let verb = node.isOpened ? "Fold" : "Open"
        let sign: HTML = node.isOpened ? "<path d=\"M5 10h10\"/>" : "<path d=\"M5 10h10M10 5v10\"/>"
        return """
            <a class="flow-fold" id="\(ElementID.flow(node.place))-fold" data-flow-go href="\(Address.own(address))" aria-label="\(verb) the loop \(step.name)">\
            <title>\(verb) the loop</title><g transform="translate(\(x) \(y))"><rect width="20" height="20" rx="5"/>\(sign)</g></a>
            """
    }
}

extension Flowchart.Node {
    fileprivate var isBranch: Bool {
        if case .step(let step) = role, case .branch = step.kind { true } else { false }
    }
}
