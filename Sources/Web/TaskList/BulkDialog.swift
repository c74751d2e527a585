internal import Core
internal import Runtime

/// The question before something is done to many tasks: to how many, and what is lost. Afterwards it says where it was not
/// done.
enum BulkDialog: Sendable {
    /// The dialog, which the script opens.
    static func render(_ view: BulkView) -> HTML {
        """
        <dialog id="bulk-dialog" aria-labelledby="bulk-heading"><h2 id="bulk-heading">\(heading(view))</h2>\
        \(content(view, keep: keepButton(view)))\
        <form method="dialog" id="bulk-keep"></form></dialog>
        """
    }

    /// Has the focus, so that Enter alone does nothing; but what is typed goes into the first field where there is one.
    private static func keepButton(_ view: BulkView) -> HTML {
        "<button form=\"bulk-keep\"\(attribute: "autofocus", if: !hasFields(view))>\(keepWord(view))</button>"
    }

    private static func hasFields(_ view: BulkView) -> Bool { view.action == .tag && view.refusals == nil }

    /// The same as a page, for browsers without scripts.
    static func document(_ view: BulkView, approvals: Int) -> HTML {
        Layout.document(
            Layout.Page(
                title: heading(view), streamPath: nil, approvals: approvals,
                fragment: """
                    <section class="panel empty"><h1>\(heading(view))</h1>
                    \(content(view, keep: "<a class=\"button\" href=\"\(view.list.path)\">\(keepWord(view))</a>"))</section>
                    """))
    }

    /// What is said when it was done to all of them.
    static func done(_ action: Runtime.BulkAction, _ count: Int) -> String {
        let tasks = Format.count(count, "task")
        return switch action {
        case .cancel: "Cancel was asked for: \(tasks)"
        case .kill: "Killed \(tasks)"
        case .retry: "\(tasks) \(count == 1 ? "goes" : "go") on"
        case .rerun: "Started \(Format.count(count, "new task"))"
        case .delete: "Deleted \(tasks)"
        case .tag: "Tags changed of \(tasks)"
        }
    }

    private static func heading(_ view: BulkView) -> String {
        let tasks = Format.count(view.able, "task")
        guard view.refusals == nil else { return "\(verb(view.action)): not done everywhere" }
        guard view.able > 0 else { return "\(verb(view.action)): none of the selected" }
        return switch view.action {
        case .kill: view.able == 1 ? "Kill running task?" : "Kill \(Format.count(view.able, "running task"))?"
        case .tag: "Tag \(tasks)"
        default: "\(verb(view.action)) \(tasks)?"
        }
    }

    private static func verb(_ action: Runtime.BulkAction) -> String {
        Format.capitalized(action.rawValue)
    }

    private static func keepWord(_ view: BulkView) -> String {
        if view.refusals != nil { return "Close" }
        return view.action == .kill ? "Keep \(view.able == 1 ? "it" : "them") running" : "Back"
    }

    /// What follows from it.
    private static func consequence(_ view: BulkView) -> String {
        let isOne = view.able == 1
        return switch view.action {
        case .cancel:
            "Steps under way get 10 seconds to stop, then \(isOne ? "the task ends" : "the tasks end") as cancelled."
        case .kill:
            "This will immediately abort the \(isOne ? "task" : "tasks"). Any work in progress will be lost."
        case .retry: "What failed runs again; finished steps keep their outputs."
        case .rerun: "Each gives a new task with the same inputs and the plan as it was."
        case .delete:
            "\(isOne ? "Its record" : "Their records"), and files that no other task has, are lost for good. Only a line stays that says what there was."
        case .tag: "Several tags with commas between them."
        }
    }

    /// Why it is not done to one of them, or to several.
    private static func condition(_ action: Runtime.BulkAction, isOne: Bool) -> String {
        let have = isOne ? "has" : "have"
        return switch action {
        case .cancel: "\(have) ended"
        case .kill: "\(isOne ? "does" : "do") not run"
        case .retry: "\(have) not failed"
        case .delete: "\(have) not ended"
        case .rerun, .tag: "\(isOne ? "is" : "are") of another kind"
        }
    }

    private static func content(_ view: BulkView, keep: HTML) -> HTML {
        if let refusals = view.refusals { return outcome(view, refusals, keep) }
        let left = view.tasks.count - view.able
        let word = view.action == .tag ? "Save" : verb(view.action)
        let style = view.action == .kill || view.action == .delete ? "danger" : "main"
        let meant: HTML =
            view.isAll
            ? "<input type=\"hidden\" name=\"all\" value=\"1\">"
            : HTML(view.tasks.map { "<input type=\"hidden\" name=\"task\" value=\"\($0.rawValue)\">" })
        let rest: HTML = """
            <p class="dim">\(Format.count(left, "other")) of the selected \(condition(view.action, isOne: left == 1)) and \
            \(left == 1 ? "is" : "are") left alone.</p>
            """
        return """
            <p>\(view.able == 0 ? "There is none among the selected to which this can be done." : consequence(view))</p>\
            \(rest, if: left > 0 && view.able > 0)\
            <form class="bulk-form" method="post" action="/tasks/bulk" hx-post="/tasks/bulk" hx-target="#asks" \
            hx-swap="innerHTML" hx-status:422="swap:innerHTML" hx-disable="findAll button">\
            <input type="hidden" name="action" value="\(view.action.rawValue)">\
            <input type="hidden" name="expected" value="\(view.selection.rawValue)">\
            <input type="hidden" name="list" value="\(view.list.query)">\(meant)\
            \(tags(view), if: hasFields(view))\
            \(view.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML } ?? Parts.problem)\
            <div class="dialog-actions">\(keep)\
            \("<button class=\"\(style)\">\(word)</button>", if: view.able > 0)</div></form>
            """
    }

    private static func tags(_ view: BulkView) -> HTML {
        """
        <label class="field"><span>Add</span><input type="text" name="add" value="\(view.adding)" autocomplete="off" autofocus></label>\
        <label class="field"><span>Remove</span><input type="text" name="remove" value="\(view.removing)" autocomplete="off"></label>
        """
    }

    private static func outcome(
        _ view: BulkView, _ refusals: [(task: TaskNumber, reason: String)], _ keep: HTML
    ) -> HTML {
        let shown = refusals.prefix(50).map { task, reason -> HTML in
            "<li><a href=\"/tasks/\(task.rawValue)\">\(task.description)</a> \(NamedText.render(reason))</li>"
        }
        return """
            <p>Done to \(Format.grouped(Int64(view.able - refusals.count))) of \(Format.count(view.able, "task")). \
            The others say why not:</p>
            <ul class="refusals">\(Array(shown))\
            \("<li class=\"dim\">and \(refusals.count - 50) more</li>", if: refusals.count > 50)</ul>\
            <div class="dialog-actions">\(keep)</div>
            """
    }
}
