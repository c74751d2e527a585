internal import API
internal import Core

/// What can be done with a task: plain forms and links, so that they work without scripts. What does not fit beside the
/// state on a narrow window is in the menu.
enum TaskActions: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        let path = "/tasks/\(view.row.number.rawValue)"
        let actions = view.actions
        let kill: HTML = """
            <a class="button stop" href="\(path)/kill" data-dialog="kill-dialog">Kill</a>\(KillDialog.render(view.row.number))
            """
        return """
            <div class="task-actions">\
            \(form("\(path)/retry", word: "Retry", style: "main"), if: actions.retryRefusal == nil)\
            \(form("\(path)/cancel", word: "Cancel"), if: actions.canCancel)\
            \(kill, if: actions.canKill)\
            <span class="wide-only">\(restart(actions, path))</span>\
            <span class="wide-only">\(rerun(actions, path))</span>\
            \(menu(view, path))</div>\(DeleteDialog.render(view.row), if: actions.hasEnded)
            """
    }

    private static func restart(_ actions: TaskActionsView, _ path: String) -> HTML {
        link("Edit & restart", "\(path)/restart", refusal: actions.hasEnded ? nil : TaskActionsView.unfinished)
    }

    /// Where the plan has changed since, a page asks which version is meant and shows what differs.
    private static func rerun(_ actions: TaskActionsView, _ path: String) -> HTML {
        guard actions.isPlanChanged else { return form("\(path)/rerun", word: "Rerun") }
        return "<a class=\"button\" href=\"\(path)/rerun\" title=\"The plan has changed since\">Rerun…</a>"
    }

    private static func menu(_ view: TaskPageView, _ path: String) -> HTML {
        let actions = view.actions
        let export = "/api\(path)/export?format="
        let rows: [HTML] = [
            "<li class=\"narrow-only\">\(restart(actions, path))</li>",
            "<li class=\"narrow-only\">\(rerun(actions, path))</li>",
            "<li>\(studio(view))</li>",
            "<li>\(link("Compare", "\(path)/compare"))</li>",
            actions.retryRefusal.map { "<li>\(off("Retry", $0))</li>" } ?? .empty,
            "<li><a class=\"button\" href=\"\(export)html\" download>Export as a page (HTML)</a></li>",
            "<li><a class=\"button\" href=\"\(export)json\" download>Export as data (JSON)</a></li>",
            "<li>\(delete(actions, path))</li>",
        ]
        return """
            <details class="menu" id="task-menu"><summary class="button" title="More actions">More</summary>\
            <div class="sheet actions-sheet"><ul>\(rows)</ul></div></details>
            """
    }

    static func studio(_ view: TaskPageView) -> HTML {
        let refusal = view.actions.isPlanSaved ? nil : "This plan came with the task alone: save it to edit it"
        let step = view.actions.studioStep.map { "?step=\(Attachment.percentEncoded($0.rawValue))" } ?? ""
        return link(
            "Edit in Studio", "/plans/\(Attachment.percentEncoded(view.planName))/edit\(step)", refusal: refusal)
    }

    private static func delete(_ actions: TaskActionsView, _ path: String) -> HTML {
        guard actions.hasEnded else { return off("Delete", TaskActionsView.unfinished) }
        return "<a class=\"button stop\" href=\"\(path)/delete\" data-dialog=\"delete-dialog\">Delete…</a>"
    }

    private static func link(_ word: StaticString, _ path: String, refusal: String? = nil) -> HTML {
        guard let refusal else { return "<a class=\"button\" href=\"\(path)\">\("\(word)")</a>" }
        return off("\(word)", refusal)
    }

    /// A form with one button.
    static func form(_ path: String, word: String, style: StaticString = "") -> HTML {
        """
        <form method="post" action="\(path)" hx-post="\(path)" hx-swap="none" hx-disable="find button">\
        <button class="\("\(style)")">\(word)</button></form>
        """
    }

    /// A button that cannot be pressed still takes the focus, so that everybody learns why.
    static func off(_ word: String, _ refusal: String) -> HTML {
        """
        <span class="button off" role="button" aria-disabled="true" tabindex="0" title="\(refusal)">\(word)\
        <span class="hidden">: \(refusal)</span></span>
        """
    }
}

/// The question before a task is killed.
enum KillDialog: Sendable {
    private static let heading: HTML = "Kill running task?"
    private static let sentence: HTML =
        "This will immediately abort the task. Any work in progress will be lost."

    /// The dialog for the list, which says of which task it speaks.
    static func render(_ row: TaskRowView) -> HTML {
        """
        <dialog id="kill-dialog" aria-labelledby="kill-heading"><h2 id="kill-heading">\(heading)</h2>\
        <p class="which"><span class="ordinal">\(row.number.description)</span> \
        <span class="name">\(NamedText.render(row.name))</span></p>\
        <p>\(sentence)</p>\(Parts.problem)\(buttons(row.number))</dialog>
        """
    }

    /// The dialog on the task's page, which the script opens.
    static func render(_ task: TaskNumber) -> HTML {
        """
        <dialog id="kill-dialog" aria-labelledby="kill-heading"><h2 id="kill-heading">\(heading)</h2>\
        <p>\(sentence)</p>\(Parts.problem)\(buttons(task))</dialog>
        """
    }

    private static func buttons(_ task: TaskNumber) -> HTML {
        """
        <div class="dialog-actions"><form method="dialog"><button autofocus>Keep it running</button></form>\
        \(TaskActions.form("/tasks/\(task.rawValue)/kill", word: "Kill", style: "danger"))</div>
        """
    }

    /// The same question as a page, for browsers without scripts.
    static func document(_ row: TaskRowView, approvals: Int) -> HTML {
        let path = "/tasks/\(row.number.rawValue)"
        return Layout.document(
            Layout.Page(
                title: "Kill task \(row.number)", streamPath: nil, approvals: approvals,
                fragment: """
                    <section class="panel empty">\(Parts.badge(row.state, word: row.word))<h1>\(heading)</h1>
                    <p><span class="ordinal">\(row.number.description)</span> \
                    <span class="name">\(NamedText.render(row.name))</span></p>
                    <p>\(sentence)</p>
                    <div class="dialog-actions"><a class="button" href="\(path)">Keep it running</a>\
                    <form method="post" action="\(path)/kill"><button class="danger">Kill</button></form></div></section>
                    """))
    }
}
