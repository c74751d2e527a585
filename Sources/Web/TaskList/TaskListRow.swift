internal import Core

/// One row of the list. The link in the name covers the whole row.
enum TaskListRow: Sendable {
    static func render(_ row: TaskRowView, now: Timestamp) -> HTML {
        """
        <tr role="row" id="task-\(row.number.rawValue)" class="tone-\(row.state.tone.rawValue)">\
        <td role="cell" class="column-status">\(Parts.badge(row.state, word: row.word, count: row.openRequests))</td>\
        <td role="cell" class="column-task"><a class="cover" href="/tasks/\(row.number.rawValue)">\
        <span class="ordinal">\(row.number.description)</span> \
        <span class="name">\(NamedText.render(row.name))</span></a>\
        \(reason(row))\(parent(row.parent))</td>\
        <td role="cell" class="column-trigger"><span>\(NamedText.render(row.trigger))</span>\(model(row))</td>\
        <td role="cell" class="column-steps"><span class="number">\(row.progress.current) of \(row.progress.total)</span>\
        \(Parts.bar(row.progress, state: row.state))</td>\
        <td role="cell" class="column-duration">\(Parts.duration(row.duration, now: now))</td>\
        <td role="cell" class="column-tokens">\(Parts.tokens(row.tokens))</td>\
        <td role="cell" class="column-cost">\(Parts.cost(row.cost))</td>\
        <td role="cell" class="column-created">\(Parts.age(row.createdAt, now: now))</td></tr>

        """
    }

    private static func reason(_ row: TaskRowView) -> HTML {
        guard let reason = row.reason else { return .empty }
        return """
            <div class="reason" title="\(NamedText.plain(reason))">\
            \(Parts.sentence(reason, until: row.reasonMoment))</div>
            """
    }

    private static func parent(_ parent: TaskNumber?) -> HTML {
        guard let parent else { return .empty }
        return "<div class=\"of\">part of <a href=\"/tasks/\(parent.rawValue)\">\(parent.description)</a></div>"
    }

    private static func model(_ row: TaskRowView) -> HTML {
        guard let model = row.model else { return .empty }
        return "<div class=\"reason\">\(Parts.model(model))</div>"
    }
}
