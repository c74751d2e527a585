internal import Core
internal import Engine

/// What a person is asked: the question, what is proposed in full, and the form that decides.
enum RequestCard: Sendable {
    /// - Parameters:
    ///   - origin: the page it stands on, `task` or `inbox`, to which a browser without scripts goes back.
    static func render(
        _ request: RequestView, state: FormStateView = FormStateView(), origin: StaticString, now: Timestamp
    ) -> HTML {
        let id = ElementID.request(request.id)
        return """
            <section class="request tone-amber" id="\(id)" aria-labelledby="\(id)-title" tabindex="-1" data-request>
            <p class="request-kind">\(pick(request), if: "\(origin)" == "inbox")\(Icons.lamp(request.state))\
            <a class="open-request" href="/approvals/\(request.id)"><b>\(request.kind.word)</b> \
            <span class="ordinal">\(request.id)</span></a>\(place(request, origin))\
            <span class="when">\(when(request, now: now))</span></p>
            <div class="what">\(title(request, id: id))
            \(deciders(request.deciders))
            \(HiddenWarning.render(request))\
            \(AskedBefore.render(request, id: id, now: now))\
            \(proposal(request, id: id))</div>
            \(RequestForm.render(request, state: state, origin: origin))
            </section>

            """
    }

    /// The box that marks it for what is decided about several.
    private static func pick(_ request: RequestView) -> HTML {
        """
        <label class="pick"><input type="checkbox" name="request" value="\(request.id)" form="bulk" \
        autocomplete="off" aria-label="Select request \(request.id)"></label>
        """
    }

    /// A question may be long, and is written by an agent; titles of plans are a line.
    private static func title(_ request: RequestView, id: String) -> HTML {
        guard request.kind == .question || request.title.utf8.count > 200 else {
            return "<h2 id=\"\(id)-title\">\(NamedText.render(request.title))</h2>"
        }
        let text = PayloadView.markdown(request.title).forDecision(path: request.wholePath)
        return """
            <h2 class="hidden" id="\(id)-title">\(request.kind.word) of \(NamedText.render(request.step.rawValue))</h2>\
            <div class="asked">\(PayloadBlock.content(of: text, id: "\(id)-text"))</div>
            """
    }

    private static func place(_ request: RequestView, _ origin: StaticString) -> HTML {
        let anchor = ElementID.step(request.step)
        guard let name = request.taskName else {
            return """
                <span class="where">in <a class="name" href="#\(anchor)">\(NamedText.render(request.step.rawValue))</a></span>
                """
        }
        let task = "/tasks/\(request.task.rawValue)"
        return """
            <span class="where"><a href="\(task)"><span class="ordinal">\(request.task.description)</span> \
            <span class="name">\(NamedText.render(name))</span></a> · <a class="name" href="\(task)#\(anchor)">\
            \(NamedText.render(request.step.rawValue))</a></span>
            """
    }

    private static func when(_ request: RequestView, now: Timestamp) -> HTML {
        let since: HTML = "Asked \(Parts.age(request.requestedAt, now: now))"
        guard let expires = request.expiresAt else { return since }
        return "\(since) · \(Parts.countdown(to: expires, verb: "expires", now: now)), \(request.onExpiry.words)"
    }

    private static func deciders(_ names: [String]) -> HTML {
        guard !names.isEmpty else { return .empty }
        let list = NamedText.render(names.joined(separator: ", "))
        return "<p class=\"dim\">\(names.count == 1 ? "Only" : "One of") \(list) may decide.</p>"
    }

    private static func proposal(_ request: RequestView, id: String) -> HTML {
        if request.kind == .budget { return reckoning(request.reckoning) }
        if request.kind == .inDoubt { return interrupted(request, id: id) }
        guard let proposal = request.proposal else { return .empty }
        if request.kind == .consent, let tool = proposal["tool"]?.stringValue, let arguments = proposal["arguments"] {
            return toolCall(tool, arguments, request, id: id)
        }
        if request.kind == .consent, let line = callLine(of: proposal) {
            return call(line, rest: proposal, request, id: id)
        }
        return PayloadBlock.render(request.proposalView, id: "\(id)-proposal", name: request.kind.proposalName)
    }

    /// Why a limit is in the way; the fields of the form say what is proposed.
    private static func reckoning(_ reckonings: [LimitReckoning]) -> HTML {
        HTML(reckonings.map { "<p>\($0.sentence)</p>" })
    }

    /// What an agent is about to do, and what it says about that.
    private static func toolCall(_ tool: String, _ arguments: JSON, _ request: RequestView, id: String) -> HTML {
        let proposal = request.proposal ?? .null
        let confidence: Double? =
            switch proposal["confidence"] {
            case .double(let value)?: value
            case .int(let value)?: Double(value)
            default: nil
            }
        let alternatives = proposal["alternatives"]?.arrayValue?.map { $0.stringValue ?? $0.text }
        let why = ToolCallBlock.why(
            tool: tool, reason: proposal["reason"]?.stringValue, confidence: confidence,
            alternatives: alternatives ?? proposal["alternatives"]?.stringValue.map { [$0] } ?? [])
        let view = PayloadView.json(arguments).forDecision(path: request.wholePath)
        return "\(why)\(PayloadBlock.render(view, id: "\(id)-proposal", name: "Arguments"))"
    }

    /// What was cut off, for a person to find out whether it has happened.
    private static func interrupted(_ request: RequestView, id: String) -> HTML {
        request.interrupted.map { InterruptedBlock.render($0, id: "\(id)-interrupted") } ?? .empty
    }

    /// What a step is about to do, as it would be typed, and which members of the proposal that says.
    private static func callLine(of proposal: JSON) -> (line: String, members: Set<String>)? {
        if let arguments = proposal["arguments"]?.arrayValue, !arguments.isEmpty {
            let words = arguments.compactMap(\.stringValue)
            guard words.count == arguments.count else { return nil }
            return (line: CommandDetail.line(of: words), members: ["arguments"])
        }
        guard let method = proposal["method"]?.stringValue, let url = proposal["url"]?.stringValue else { return nil }
        return (line: "\(method) \(url)", members: ["method", "url"])
    }

    /// The line, and below it what the line does not say.
    private static func call(
        _ call: (line: String, members: Set<String>), rest proposal: JSON, _ request: RequestView, id: String
    ) -> HTML {
        let line = PayloadView.text(call.line).forDecision(path: request.wholePath)
        var rest = JSONObject()
        for (name, value) in proposal.objectValue ?? [:] where !call.members.contains(name) { rest[name] = value }
        let more: PayloadView? =
            rest.isEmpty ? nil : PayloadView.json(.object(rest)).forDecision(path: request.wholePath)
        return """
            \(PayloadBlock.render(line, id: "\(id)-call", name: request.kind.proposalName))\
            \(PayloadBlock.render(more, id: "\(id)-proposal", name: "The rest of it"))
            """
    }
}
