internal import Plans

/// What a box says of its step in a few words.
enum FlowWords: Sendable {
    /// What the step is about: its agent, its program, what it loops over.
    static func what(_ step: StepDefinition) -> String {
        switch step.kind {
        case .set(let value): value.words
        case .command(let command): command.arguments.map(\.words).joined(separator: " ")
        case .http(let request): "\(request.method) \(request.url.words)"
        case .agent(let call): call.agent
        case .tool(let call): call.tool
        case .forEach(let loop):
            loop.source.words
        case .branch(let branch):
            branch.chooser.map { "\($0.agent) chooses" } ?? "\(Format.count(branch.allPaths.count, "path"))"
        case .task(let child):
            switch child.plan {
            case .saved(let name): name
            case .file(let path): path
            }
        case .wait(let wait):
            switch wait {
            case .duration(let length): length.words
            case .until(let moment): "until \(moment.words)"
            case .signal(let name, _): "signal \(name)"
            }
        case .approval(let approval): approval.title.words
        }
    }

    /// When a path of a branch is taken.
    static func condition(of path: BranchDefinition.Path, isOtherwise: Bool) -> String {
        if let condition = path.conditionText { return condition }
        return isOtherwise ? "when no other is taken" : path.summary ?? "when the agent chooses it"
    }

    /// As much of a text as a box has room for, on one line, without characters that are not shown.
    static func short(_ text: String, _ maximum: Int) -> String {
        // Far more than is shown, so that a long text costs nothing.
        let beginning = String(text.prefix(maximum * 4)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let plain = NamedText.plain(beginning)
        var room = Double(maximum)
        var shown = ""
        for character in plain {
            room -= width(of: character)
            guard room >= 0 else { return shown + "…" }
            shown.append(character)
        }
        return plain
    }

    /// About how wide it is, in letters of common width: what is drawn cannot be measured here.
    private static func width(of character: Character) -> Double {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar {
        case "i", "j", "l", "t", "f", "r", " ", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]", "/": return 0.8
        case "m", "w", "M", "W", "@", "%": return 1.6
        case "A"..."Z": return 1.15
        default: return scalar.value >= 0x2E80 ? 2 : 1
        }
    }
}
