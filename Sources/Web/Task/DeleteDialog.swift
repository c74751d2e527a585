internal import Core

/// The question before a task is forgotten.
enum DeleteDialog: Sendable {
    private static let heading: HTML = "Delete this task?"

    /// The dialog on the task's page, which the script opens.
    static func render(_ row: TaskRowView) -> HTML {
        """
        <dialog id="delete-dialog" aria-labelledby="delete-heading"><h2 id="delete-heading">\(heading)</h2>\
        \(sentence(row))\(Parts.problem)\
        <div class="dialog-actions"><form method="dialog"><button autofocus>Keep it</button></form>\
        \(TaskActions.form("/tasks/\(row.number.rawValue)/delete", word: "Delete", style: "danger"))</div></dialog>
        """
    }

    /// The same question as a page, for browsers without scripts.
    static func document(_ row: TaskRowView, approvals: Int) -> HTML {
        let path = "/tasks/\(row.number.rawValue)"
        return Layout.document(
            Layout.Page(
                title: "Delete task \(row.number)", streamPath: nil, approvals: approvals,
                fragment: """
                    <section class="panel empty">\(Parts.badge(row.state, word: row.word))<h1>\(heading)</h1>
                    <p><span class="ordinal">\(row.number.description)</span> \
                    <span class="name">\(NamedText.render(row.name))</span></p>\(sentence(row))
                    <div class="dialog-actions"><a class="button" href="\(path)">Keep it</a>\
                    <form method="post" action="\(path)/delete"><button class="danger">Delete</button></form></div></section>
                    """))
    }

    private static func sentence(_ row: TaskRowView) -> HTML {
        """
        <p>What its \(Format.count(row.progress.total, "step")) were given and have made, its events, and the files that no other \
        task has are lost for good. Its number, name and end stay on record. An export keeps everything.</p>
        """
    }
}
