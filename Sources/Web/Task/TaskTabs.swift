internal import Core

/// The links between the parts of a task's page.
enum TaskTabs: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        let links = TaskPart.allCases.map { part -> HTML in
            let current = part == view.part ? "page" : nil
            return """
                <a href="/tasks/\(view.row.number.rawValue)\(part.query)"\(attribute: "aria-current", current)>\(part.word)</a>
                """
        }
        return "<nav class=\"task-parts\" aria-label=\"Parts of the task\">\(links)</nav>"
    }
}
