internal import Core
internal import Engine

/// What changed since the same was asked before and refused: by whom, what they said, and the two proposals word by word.
enum AskedBefore: Sendable {
    static func render(_ request: RequestView, id: String, now: Timestamp) -> HTML {
        guard let before = request.before else { return .empty }
        return """
            <section class="asked-before" aria-label="What changed">\
            <h3>Asked again: what changed</h3>\
            <p>\(request.kind.done(before.verdict)) by <span class="name">\(NamedText.render(before.decider))</span>\
            \(before.at.map { ", \(Parts.age($0, now: now))" as HTML })\(said(before.feedback))</p>\
            \(difference(before, request, id: id))</section>
            """
    }

    private static func said(_ feedback: String?) -> HTML {
        guard let feedback, !feedback.isEmpty else { return .empty }
        return ": <q>\(NamedText.render(feedback))</q>"
    }

    private static func difference(_ before: RequestView.Before, _ request: RequestView, id: String) -> HTML {
        guard before.proposal != request.proposal else {
            return "<p class=\"dim\">Nothing: the same is proposed again.</p>"
        }
        return DiffBlock.render(before: before.proposal, after: request.proposal, id: "\(id)-changes")
    }
}
