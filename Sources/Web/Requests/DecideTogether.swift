internal import Core
internal import Engine

/// Several requests decided at once: the bar that offers it, and the question before, which says of each what follows.
enum DecideTogether: Sendable {
    /// Lies above the lower edge of the window while some requests are marked.
    static func bar(_ view: ApprovalsView) -> HTML {
        let buttons = [Verdict.approve, .reject, .retry, .stop].map { verdict -> HTML in
            """
            <button name="verdict" value="\(verdict.rawValue)"\(attribute: "class", verdict == .stop ? "stop" : nil)>\(verb(verdict))</button>
            """
        }
        return """
            <form id="bulk" class="selection" method="post" action="/approvals/together" hx-post="/approvals/together" \
            hx-target="#asks" hx-swap="innerHTML" aria-label="What is decided about the selected requests">\
            <input type="hidden" name="list" value="\(view.address.query)">\
            <span id="selected-count" class="number" role="status">Selected</span>\
            <span class="actions">\(buttons)</span>\
            <button type="button" class="icon quiet scripted" id="select-none" aria-label="Select nothing">\(Icons.close)</button></form>
            <div id="asks"></div>

            """
    }

    /// The question as a dialog, which the script opens.
    static func dialog(_ view: DecideTogetherView) -> HTML {
        """
        <dialog id="together-dialog" class="wide" aria-labelledby="together-heading"><h2 id="together-heading">\(heading(view))</h2>\
        \(content(view, keep: "<button form=\"together-keep\" autofocus>\(view.decided == nil ? "Back" : "Close")</button>"))\
        <form method="dialog" id="together-keep"></form></dialog>
        """
    }

    /// The same as a page, for browsers without scripts.
    static func document(_ view: DecideTogetherView, approvals: Int) -> HTML {
        Layout.document(
            Layout.Page(
                title: heading(view), streamPath: nil, section: .approvals, approvals: approvals,
                fragment: """
                    <section class="panel empty"><h1>\(heading(view))</h1>
                    \(content(view, keep: "<a class=\"button\" href=\"\(view.back.path)\">Back</a>"))</section>
                    """))
    }

    /// What is said when all of them were decided.
    static func done(_ verdict: Verdict, _ count: Int) -> String {
        let requests = Format.count(count, "request")
        return switch verdict {
        case .approve: "Approved \(requests)"
        case .reject: "Rejected \(requests)"
        case .retry: "Sent back \(requests)"
        case .stop: "Stopped for \(requests)"
        }
    }

    private static func verb(_ verdict: Verdict) -> String {
        switch verdict {
        case .approve: "Approve"
        case .reject: "Reject"
        case .retry: "Send back"
        case .stop: "Stop the tasks"
        }
    }

    private static func participle(_ verdict: Verdict) -> String {
        switch verdict {
        case .approve: "approved"
        case .reject: "rejected"
        case .retry: "sent back"
        case .stop: "stopped"
        }
    }

    private static func heading(_ view: DecideTogetherView) -> String {
        if let decided = view.decided { return "\(done(view.verdict, decided)), not all" }
        guard !view.able.isEmpty else { return "None of these can be \(participle(view.verdict))" }
        let requests = Format.count(view.able.count, "request")
        switch view.verdict {
        case .stop: return "Stop \(view.able.count == 1 ? "the task" : "the tasks") of \(requests)?"
        default: return "\(verb(view.verdict)) \(requests)?"
        }
    }

    private static func content(_ view: DecideTogetherView, keep: HTML) -> HTML {
        guard view.decided == nil else {
            return "\(refused(view, "These were not decided:"))<div class=\"dialog-actions\">\(keep)</div>"
        }
        let style = view.verdict == .stop ? "danger" : "main"
        let hidden = view.able.map { "<input type=\"hidden\" name=\"request\" value=\"\($0.id)\">" as HTML }
        let button: HTML = "<button class=\"\(style)\">\(verb(view.verdict))</button>"
        return """
            \(able(view), if: !view.able.isEmpty)\(refused(view, "These are left alone:"))\
            <form class="bulk-form" method="post" action="/approvals/together" hx-post="/approvals/together" hx-target="#asks" \
            hx-swap="innerHTML" hx-status:422="swap:innerHTML" hx-disable="findAll :enabled">\
            <input type="hidden" name="verdict" value="\(view.verdict.rawValue)"><input type="hidden" name="sure" value="1">\
            <input type="hidden" name="list" value="\(view.back.query)">\(hidden)\
            \(feedback(view), if: !view.able.isEmpty)\
            \(view.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML } ?? Parts.problem)\
            <div class="dialog-actions">\(keep)\(button, if: !view.able.isEmpty)</div></form>
            """
    }

    /// What will be decided, each with what follows from it.
    private static func able(_ view: DecideTogetherView) -> HTML {
        let lines = view.able.map { request -> HTML in
            """
            <li>\(name(request)) <span class="dim">\(filled(request, view.verdict))\
            \(request.kind.consequence(view.verdict))</span></li>
            """
        }
        return "<ul class=\"refusals\">\(lines)</ul>"
    }

    /// What the fields hold that nobody has looked at, since approving takes it as it stands.
    private static func filled(_ request: RequestView, _ verdict: Verdict) -> HTML {
        guard verdict == .approve else { return .empty }
        let values = request.fields.filter { $0.name != FormFieldView.Name.by && !$0.initial.isEmpty }
            .map { "\($0.label): \($0.initial.prefix(80))" }
        guard !values.isEmpty else { return .empty }
        return "\(NamedText.render(values.joined(separator: "; "))). "
    }

    private static func refused(_ view: DecideTogetherView, _ heading: StaticString) -> HTML {
        guard !view.refused.isEmpty || !view.gone.isEmpty else { return .empty }
        let gone = view.gone.map { id -> HTML in
            "<li><span class=\"ordinal\">\(NamedText.render(id))</span> <span class=\"dim\">It is not there any more.</span></li>"
        }
        let lines = view.refused.map { request, reason -> HTML in
            "<li>\(name(request)) <span class=\"dim\">\(NamedText.render(reason))</span></li>"
        }
        return "<p class=\"dim\">\("\(heading)")</p><ul class=\"refusals\">\(lines)\(gone)</ul>"
    }

    private static func name(_ request: RequestView) -> HTML {
        """
        <b>\(request.kind.word)</b> <a class="ordinal" href="/approvals/\(request.id)">\(request.id)</a> \
        <span class="name">\(NamedText.render(String(request.title.prefix(120))))</span>
        """
    }

    private static func feedback(_ view: DecideTogetherView) -> HTML {
        let isNeeded = view.verdict == .retry
        return """
            <label class="field"><span>Feedback for all of them\("<span class=\"dim\"> optional</span>" as HTML, if: !isNeeded)</span>\
            <textarea name="feedback" rows="2">
            \(view.feedback)</textarea></label>
            """
    }
}
