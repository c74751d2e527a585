internal import Core

/// The page at `/approvals/{id}/proposal`: all of what is asked and proposed, however long, with nothing folded.
enum ProposalPage: Sendable {
    /// What a browser still shows without effort; the API has the rest.
    private static let textBytesMaximum = 4 << 20

    static func document(_ request: RequestView, approvals: Int, now: Timestamp) -> HTML {
        let title = "Proposal \(request.id): \(request.title.prefix(200))"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, section: .approvals, approvals: approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: now, approvals: approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="/approvals/\(request.id)">\
                        <span aria-hidden="true">←</span> \(request.kind.word) \(request.id)</a>\
                        <a href="/tasks/\(request.task.rawValue)">Task \(request.task.description)</a></nav>
                        <div class="headline"><h1>\(request.kind.proposalName)</h1></div>
                        \(HiddenWarning.render(request))
                        <section class="panel whole"><h2>What is asked</h2>\(text(request.title, request))</section>
                        \(proposal(request))
                        """)))
    }

    private static func proposal(_ request: RequestView) -> HTML {
        if let interrupted = request.interrupted {
            return """
                <section class="panel whole"><h2>\(request.kind.proposalName)</h2>\
                \(InterruptedBlock.render(interrupted, id: "interrupted"))</section>
                """
        }
        guard let proposal = request.proposal else { return .empty }
        return """
            <section class="panel whole"><h2>\(request.kind.proposalName)</h2>\
            \(text(proposal.stringValue ?? proposal.prettyText, request))</section>
            """
    }

    private static func text(_ text: String, _ request: RequestView) -> HTML {
        let shown = text.beginning(bytes: textBytesMaximum)
        // A parser drops one line break right after the tag; this one is for it.
        return """
            \(cut(shown, of: text, request))<pre class="text" tabindex="0">
            \(NamedText.render(shown))</pre>
            """
    }

    private static func cut(_ shown: String, of text: String, _ request: RequestView) -> HTML {
        guard shown.utf8.count < text.utf8.count else { return .empty }
        return """
            <p class="problem">This is not all of it: the first \(Format.size(bytes: shown.utf8.count)) of \
            \(Format.size(bytes: text.utf8.count)). <a href="/api/approvals/\(request.id)">The API has the rest</a></p>
            """
    }
}
