internal import Core

/// The table of tasks. Its columns are fixed, so that nothing moves when figures change.
enum TaskTable: Sendable {
    static func render(_ view: TaskListView, _ rows: [TaskRowView]) -> HTML {
        let address = view.address
        let pager = Pager(
            page: address.page, pageCount: view.pageCount, pageSize: address.size, total: view.total,
            isTotalExact: view.isTotalExact, next: next(view), isUnnumbered: address.texts["cursor"] != nil,
            isInPlace: true)
        return """
            <div class="panel list\(address.isStartedShown ? " with-started" : "")">
            <table role="table" aria-label="Tasks">
            <thead role="rowgroup"><tr role="row">\(headings(address))</tr></thead>
            <tbody role="rowgroup">
            \(rows.map { TaskListRow.render($0, isStartedShown: address.isStartedShown, now: view.now) })
            </tbody>
            </table>
            </div>
            <div class="below">\(pager.render { address.onPage($0).path })\(sizes(address))\(startedSwitch(address))</div>
            """
    }

    /// Pages far behind the beginning of a search have no numbers.
    private static func next(_ view: TaskListView) -> String? {
        let isNumbered =
            view.address.texts["cursor"] == nil && view.address.page * view.address.size < Limits.numberedTasksMaximum
        guard !view.isTotalExact, let cursor = view.next else { return nil }
        return isNumbered ? nil : view.address.onPage(1, cursor: cursor).path
    }

    private static func headings(_ address: TaskListAddress) -> HTML {
        """
        <th role="columnheader" scope="col" class="column-pick"><input type="checkbox" id="pick-all" class="scripted" \
        aria-label="Select all tasks of this page" autocomplete="off"></th>\
        <th role="columnheader" scope="col" class="column-status">Status</th>\
        \(heading("task", "Task", by: "name", address))\
        <th role="columnheader" scope="col" class="column-origin">Origin</th>\
        <th role="columnheader" scope="col" class="column-trigger">Trigger</th>\
        <th role="columnheader" scope="col" class="column-steps">Steps</th>\
        \(heading("duration", "Duration", by: "duration", address))\
        \(heading("tokens", "Tokens", by: "tokens", address))\
        \(heading("cost", "Est. cost", by: "cost", address))\
        \(heading("created", "Created", by: "created", address))\
        \("<th role=\"columnheader\" scope=\"col\" class=\"column-started\">Started</th>", if: address.isStartedShown)\
        <th role="columnheader" scope="col" class="column-actions"><span class="hidden">Actions</span></th>
        """
    }

    /// A heading that sorts. Names begin with A, figures with the largest, times with the newest; a second click turns
    /// the order round.
    private static func heading(
        _ column: StaticString, _ word: StaticString, by key: String, _ address: TaskListAddress
    ) -> HTML {
        let sort = address.sort ?? "-created"
        let isDescending = sort == "-\(key)"
        let isSorted = isDescending || sort == key
        let turned = isDescending || (!isSorted && key == "name") ? key : "-\(key)"
        let path = address.with("sort", turned == "-created" ? nil : turned).path
        return """
            <th role="columnheader" scope="col" class="column-\("\(column)")"\
            \(attribute: "aria-sort", isSorted ? (isDescending ? "descending" : "ascending") : nil)>\
            <a href="\(path)" data-go="keep">\("\(word)")\(isDescending ? Icons.down : Icons.up, if: isSorted)</a></th>
            """
    }

    private static func sizes(_ address: TaskListAddress) -> HTML {
        let links = TaskListAddress.sizes.map { size -> HTML in
            let path = address.with("size", size == TaskListAddress.sizes[0] ? nil : String(size)).path
            return """
                <a href="\(path)" data-go="top"\(attribute: "aria-current", size == address.size ? "true" : nil)>\(size)</a>
                """
        }
        return "<nav class=\"sizes\" aria-label=\"Rows a page\"><span class=\"dim\">Rows</span>\(links)</nav>"
    }

    private static func startedSwitch(_ address: TaskListAddress) -> HTML {
        let other = address.changing { $0.isStartedShown.toggle() }
        return """
            <a class="quiet button column-switch" href="\(other.path)" data-go="keep">\
            \(address.isStartedShown ? "Hide" : "Show") <i>Started</i></a>
            """
    }
}
