internal import Runtime

/// What can be done to the tasks that are marked. It lies above the lower edge of the window while some are.
enum SelectionBar: Sendable {
    static func render(_ view: TaskListView) -> HTML {
        let buttons = actions.map { action, word -> HTML in
            let style = action == .kill || action == .delete ? "stop" : ""
            return """
                <button name="action" value="\(action.rawValue)" class="\(style)" data-action="\(Format.capitalized(action.rawValue)) the selected">\(word)</button>
                """
        }
        let all: HTML = """
            <label class="switch"><input type="checkbox" name="all" value="1" autocomplete="off"> All that fit the filters</label>
            """
        return """
            <form id="bulk" class="selection" method="post" action="/tasks/bulk" hx-post="/tasks/bulk" hx-target="#asks" \
            hx-swap="innerHTML" aria-label="What is done to the selected tasks">\
            <input type="hidden" name="list" value="\(view.address.query)">\
            <span id="selected-count" class="number" role="status">Selected</span>\
            \(all, if: view.address.isFiltered)\
            <span class="actions">\(buttons)</span>\
            <button type="button" class="icon quiet scripted" id="select-none" aria-label="Select nothing">\(Icons.close)</button></form>
            <div id="asks"></div>

            """
    }

    private static let actions: [(Runtime.BulkAction, String)] = [
        (.retry, "Retry"), (.rerun, "Rerun"), (.tag, "Tag…"), (.cancel, "Cancel"), (.kill, "Kill"), (.delete, "Delete"),
    ]
}
