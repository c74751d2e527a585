internal import Core

/// What can be done with a task: plain forms, so that they work without scripts.
enum TaskActions: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        let path = "/tasks/\(view.row.number.rawValue)"
        let kill: HTML = """
            <a class="button stop" href="\(path)/kill" data-dialog="kill-dialog">Kill</a>\(KillDialog.render(view.row.number))
            """
        return """
            <div class="task-actions">\(form("\(path)/rerun", word: "Rerun"))\(retry(view.actions.retryRefusal, path: path))\
            \(form("\(path)/cancel", word: "Cancel"), if: view.actions.canCancel)\
            \(kill, if: view.actions.canKill)</div>
            """
    }

    /// A form with one button.
    static func form(_ path: String, word: String, style: StaticString = "") -> HTML {
        """
        <form method="post" action="\(path)" hx-post="\(path)" hx-swap="none" hx-disable="find button">\
        <button class="\("\(style)")">\(word)</button></form>
        """
    }

    /// A button that cannot be pressed still takes the focus, so that everybody learns why.
    private static func retry(_ refusal: String?, path: String) -> HTML {
        guard let refusal else { return form("\(path)/retry", word: "Retry", style: "main") }
        return """
            <span class="button off" role="button" aria-disabled="true" tabindex="0" title="\(refusal)">Retry\
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
