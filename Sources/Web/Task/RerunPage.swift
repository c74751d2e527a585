internal import Core

/// Which version of the plan a rerun takes, with what has changed in it since.
enum RerunPage: Sendable {
    /// - Parameters:
    ///   - step: from which on everything runs again; nil for all of it.
    ///   - difference: what the plan as it is now differs in, as a unified difference; nil when it cannot be told.
    static func document(_ row: TaskRowView, step: StepPath?, difference: String?, approvals: Int) -> HTML {
        let path = "/tasks/\(row.number.rawValue)"
        let lines = difference.map { $0.split(separator: "\n", omittingEmptySubsequences: false) } ?? []
        let added = lines.count { $0.hasPrefix("+") && !$0.hasPrefix("+++") }
        let removed = lines.count { $0.hasPrefix("-") && !$0.hasPrefix("---") }
        let from: HTML = step.map { "<input type=\"hidden\" name=\"from\" value=\"\($0.rawValue)\">" } ?? .empty
        return Layout.document(
            Layout.Page(
                title: "Rerun task \(row.number)", streamPath: nil, approvals: approvals,
                fragment: """
                    <nav class="back" aria-label="Path"><a href="\(path)"><span aria-hidden="true">←</span> \
                    \(NamedText.render(row.name)) \(row.number.description)</a></nav>
                    <section class="panel rerun"><div class="panel-head"><h1>Rerun with which plan?</h1></div>
                    <div class="rerun-choices"><p>The plan has changed since this task ran: \
                    \(Format.count(added, "line")) added, \(removed) removed. The inputs are the same either way.</p>
                    <div class="dialog-actions">\
                    <form method="post" action="\(path)/rerun">\(from)<input type="hidden" name="plan" value="was">\
                    <button class="main">As it was</button></form>\
                    <form method="post" action="\(path)/rerun">\(from)<input type="hidden" name="plan" value="is">\
                    <button>As it is now</button></form></div>\
                    \(PayloadBlock.render(difference.map(PayloadView.text), id: "rerun-difference", name: "What has changed"))</div></section>
                    """))
    }
}
