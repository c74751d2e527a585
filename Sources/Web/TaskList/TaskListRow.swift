internal import Core
internal import Runtime

/// One row of the list. The link in the name covers the whole row.
enum TaskListRow: Sendable {
    static func render(_ row: TaskRowView, isStartedShown: Bool = false, now: Timestamp) -> HTML {
        """
        <tr role="row" id="task-\(row.number.rawValue)" class="tone-\(row.state.tone.rawValue)" data-row>\
        <td role="cell" class="column-pick">\(pick(row))</td>\
        <td role="cell" class="column-status">\(Parts.badge(row.state, word: row.word, count: row.openRequests))</td>\
        <td role="cell" class="column-task">\(title(row))\(reason(row))\(parent(row.parent))</td>\
        <td role="cell" class="column-origin"><span class="name" title="\(NamedText.plain(row.origin))">\
        \(NamedText.render(row.origin))</span></td>\
        <td role="cell" class="column-trigger"><span>\(NamedText.render(row.trigger))</span>\(model(row))</td>\
        <td role="cell" class="column-steps"><span class="number">\(row.progress.current) of \(row.progress.total)</span>\
        \(Parts.bar(row.progress, state: row.state))</td>\
        <td role="cell" class="column-duration">\(Parts.duration(of: row, now: now))</td>\
        <td role="cell" class="column-tokens">\(Parts.tokens(row.tokens))</td>\
        <td role="cell" class="column-cost">\(Parts.cost(row.cost))</td>\
        <td role="cell" class="column-created">\(Parts.age(row.createdAt, now: now))</td>\
        \(started(row, now: now), if: isStartedShown)\
        <td role="cell" class="column-actions">\(actions(row))</td></tr>

        """
    }

    /// The box that marks a task for what is done to many.
    static func pick(_ row: TaskRowView) -> HTML {
        """
        <label class="pick"><input type="checkbox" name="task" value="\(row.number.rawValue)" form="bulk" \
        autocomplete="off" data-can="\(abilities(row))" aria-label="Select task \(row.number.description)"></label>
        """
    }

    /// What can be done to it together with others; the script offers what can be done to one of those that are marked.
    private static func abilities(_ row: TaskRowView) -> String {
        Runtime.BulkAction.allCases.filter(row.allows).map(\.rawValue).joined(separator: " ")
    }

    /// The link to the task.
    static func title(_ row: TaskRowView) -> HTML {
        """
        <a class="cover" href="/tasks/\(row.number.rawValue)">\
        <span class="ordinal">\(row.number.description)</span> \
        <span class="name" title="\(NamedText.plain(row.name))">\(NamedText.render(row.name))</span></a>
        """
    }

    static func reason(_ row: TaskRowView) -> HTML {
        guard let reason = row.reason else { return .empty }
        return """
            <div class="reason" title="\(Parts.plainSentence(reason, until: row.reasonMoment))">\
            \(Parts.sentence(reason, until: row.reasonMoment))</div>
            """
    }

    static func parent(_ parent: TaskNumber?) -> HTML {
        guard let parent else { return .empty }
        return "<div class=\"of\">part of <a href=\"/tasks/\(parent.rawValue)\">\(parent.description)</a></div>"
    }

    /// What can be done without opening the task.
    static func actions(_ row: TaskRowView) -> HTML {
        let path = "/tasks/\(row.number.rawValue)"
        let cancel: HTML = """
            <form method="post" action="\(path)/cancel" hx-post="\(path)/cancel" hx-swap="none" hx-disable="find button">\
            <button class="icon" title="Cancel: its steps get 10 seconds to stop" \
            aria-label="Cancel task \(row.number.description)">\(Icons.stop)</button></form>
            """
        let kill: HTML = """
            <a class="button icon stop" href="\(path)/kill" hx-get="\(path)/kill" hx-target="#asks" hx-swap="innerHTML" \
            title="Kill: ends it at once" aria-label="Kill task \(row.number.description)">\(Icons.kill)</a>
            """
        return "\(cancel, if: row.canCancel)\(kill, if: row.canKill)"
    }

    private static func started(_ row: TaskRowView, now: Timestamp) -> HTML {
        """
        <td role="cell" class="column-started">\
        \(row.startedAt.map { Parts.age($0, now: now) } ?? Parts.absent("not started"))</td>
        """
    }

    private static func model(_ row: TaskRowView) -> HTML {
        guard let model = row.model else { return .empty }
        return "<div class=\"reason\">\(Parts.model(model))</div>"
    }
}
