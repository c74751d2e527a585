internal import Core

/// A tool call: name and reason in a line, everything else when it is opened.
enum ToolCallBlock: Sendable {
    /// - Parameter foldsWhy: whether what the agent says of its call has to be opened, where many calls stand in a row.
    static func render(_ call: ToolCallView, id: String, isOpen: Bool = false, foldsWhy: Bool = false) -> HTML {
        """
        <details class="tool \(state(call))" id="\(id)"\(attribute: "open", if: isOpen)><summary>\(lamp(call.state))\
        <b class="name">\(NamedText.render(call.tool))</b>\
        <span class="why">\(NamedText.render(call.reason ?? beginning(of: call.arguments)))</span>\
        \(badges(call))</summary>\
        <div class="tool-inside">\(why(call), if: !foldsWhy)\
        \(PayloadBlock.render(.json(.object(call.arguments)), id: "\(id)-arguments", name: "Arguments"))\
        \(call.decisions.map { decision($0) })\(problem(call.problem))\
        \(PayloadBlock.render(call.result, id: "\(id)-result", name: call.state == .failed ? "Error" : "Result"))\
        \(PayloadBlock.render(call.trace.map(PayloadView.json), id: "\(id)-trace", name: "Details", isFolded: true))\
        \(files(call.files))\(details(call), if: foldsWhy)</div></details>
        """
    }

    private static func details(_ call: ToolCallView) -> HTML {
        """
        <details class="payload folded"><summary><h3>View tool details</h3></summary>\
        \(why(tool: call.tool, reason: call.reason, confidence: call.confidence, alternatives: call.alternatives))</details>
        """
    }

    private static func lamp(_ state: ToolCallView.State) -> HTML {
        switch state {
        case .wanted: Icons.lamp(.queued)
        case .running: Icons.lamp(.running)
        case .done: Icons.lamp(.completed)
        case .failed: Icons.lamp(.failed)
        }
    }

    private static func state(_ call: ToolCallView) -> HTML {
        switch call.state {
        case .wanted: "tone-gray"
        case .running: "tone-blue"
        case .done: "tone-green"
        case .failed: "tone-red"
        }
    }

    private static func badges(_ call: ToolCallView) -> HTML {
        var pieces: [HTML] = []
        if call.isRepeated { pieces.append("<span class=\"label\">made again after a stop</span>") }
        switch call.state {
        case .wanted: pieces.append("<span class=\"dim\">not begun</span>")
        case .running: pieces.append("<span class=\"dim\">under way</span>")
        case .done: pieces.append("<span class=\"number\">\(Format.span(milliseconds: call.milliseconds))</span>")
        case .failed: pieces.append("<span class=\"label bad\">error</span>")
        }
        return "<span class=\"badges\">\(pieces)</span>"
    }

    /// What the agent says of its own call, in the three things that it is asked for.
    private static func why(_ call: ToolCallView) -> HTML {
        why(reason: call.reason, confidence: call.confidence, alternatives: call.alternatives)
    }

    /// - Parameter tool: which one it calls, where nothing else says that.
    static func why(tool: String? = nil, reason: String?, confidence: Double?, alternatives: [String]) -> HTML {
        let stated = { (text: String?) -> HTML in
            guard let text, !text.isEmpty else { return "<span class=\"dim\">not stated</span>" }
            return NamedText.render(text)
        }
        return """
            <dl class="pairs">\(tool.map { "<dt>Tool</dt><dd><code>\(NamedText.render($0))</code></dd>" as HTML })\
            <dt>Reason</dt><dd>\(stated(reason))</dd>\
            <dt>Confidence</dt><dd>\(stated(confidence.map { "\(Int((max(0, min(1, $0)) * 100).rounded())) %" }))</dd>\
            <dt>Alternatives</dt><dd>\(stated(alternatives.isEmpty ? nil : alternatives.joined(separator: " · ")))</dd></dl>
            """
    }

    /// The arguments in a line, for a call without a reason.
    private static func beginning(of arguments: JSONObject) -> String {
        arguments.isEmpty ? "" : String(JSON.object(arguments).text.prefix(200))
    }

    static func decision(_ decision: CallDecisionView) -> HTML {
        let title = NamedText.render(decision.title)
        guard let words = decision.words else {
            return """
                <p class="decided"><span class="label">asked</span> \(title) \
                <span class="dim">since \(Parts.exact(decision.askedAt))</span></p>
                """
        }
        let said: HTML = decision.said.map { ": <q>\(NamedText.render($0))</q>" } ?? .empty
        let at: HTML = decision.decidedAt.map { Parts.exact($0) } ?? .empty
        return """
            <p class="decided"><span class="label">asked</span> \(title) <b>\(NamedText.render(words))</b>\(said) \
            <span class="dim">\(at)</span></p>
            """
    }

    private static func problem(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"bad\">It was not made: \(NamedText.render(text))</p>"
    }

    private static func files(_ files: [FileView]) -> HTML {
        files.isEmpty ? .empty : FileList.render(files, heading: "Files")
    }
}
