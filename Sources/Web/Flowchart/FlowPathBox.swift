internal import Core
internal import Plans
internal import Runtime

/// A path of a branch: its name, when it is taken, and in a task whether it was.
struct FlowPathBox {
    let path: BranchDefinition.Path
    let isOtherwise: Bool
    let node: Flowchart.Node
    let box: GraphLayout.Box
    let knowledge: FlowKnowledge
    /// Attributes that say what arrow keys go to.
    let links: HTML

    func render() -> HTML {
        let state = knowledge.isUntaken(node) ? .notTaken : knowledge.paths[node.place] ?? .open
        let condition = FlowWords.condition(of: path, isOtherwise: isOtherwise)
        let label = ["Path \(path.name)", state.word, FlowWords.short(condition, 300)].compactMap(\.self)
        let classes =
            switch state {
            case .open, .unreached: "open"
            case .taken: "taken tone-green"
            case .notTaken: "untaken tone-gray"
            }
        let id = ElementID.flow(node.place)
        let contents: HTML = """
            <title>\(FlowWords.short(condition, 300))</title>\
            <rect class="box" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" rx="21"/>\(sign(state))\
            <text class="name" x="\(box.x + 36)" y="\(box.y + 18)">\(FlowWords.short(path.name, 16))</text>\
            <text class="condition" x="\(box.x + 36)" y="\(box.y + 33)">\(FlowWords.short(condition, 17))</text>
            """
        guard let address = knowledge.addresses[node.place] else {
            return """
                <g class="flow-node flow-path \(classes)"><g class="flow-link" id="\(id)" role="img" tabindex="0" \
                aria-label="\(label.joined(separator: ", "))"\(links)>\(contents)</g></g>

                """
        }
        return """
            <g class="flow-node flow-path \(classes)"><a class="flow-link" id="\(id)" href="\(address)" \
            aria-label="\(label.joined(separator: ", "))"\(links)>\(contents)</a></g>

            """
    }

    private func sign(_ state: FlowPathState) -> HTML {
        let shape: HTML =
            switch state {
            case .open, .unreached: "<circle class=\"ring\" cx=\"8\" cy=\"8\" r=\"4\"/>"
            case .taken: Icons.shape(of: .completed)
            case .notTaken: Icons.crossShape
            }
        return "<g class=\"lamp\" transform=\"translate(\(box.x + 12) \(box.y + 13))\">\(shape)</g>"
    }
}
