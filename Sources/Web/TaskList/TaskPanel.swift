internal import Core

/// Where a task opens beside the list on wide windows; empty until one does.
enum TaskPanel: Sendable {
    static let html: HTML = """
        <aside id="panel" aria-label="Task" hidden><div class="panel-bar">\
        <a class="button" href="/tasks" target="_top">Open as a page</a>\
        <button type="button" class="close" title="Close (Escape)">Close</button></div></aside>

        """
}
