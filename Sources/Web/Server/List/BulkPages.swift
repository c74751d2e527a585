internal import API
internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// What people do to many tasks at once: first the tasks are counted and the question is asked, then it is done to these
/// very tasks or to none.
struct BulkPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/tasks/bulk", handler: act)
    }

    private func act(_ request: Request) async throws -> Response {
        let form = try request.form()
        guard let action = form["action"].flatMap(Runtime.BulkAction.init) else {
            throw SignalboxError(.invalidInput, "There is no such action.", hint: "Go back to the list.")
        }
        let list = try TaskListAddress(query: form["list"] ?? "")
        let isAll = form["all"] == "1"
        let tasks: [TaskRow]
        do {
            tasks = isAll ? try await all(of: list) : try await marked(form.all("task"))
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused(error.sentence)
        }
        let able = tasks.filter { action.isPossible($0) }
        var view = BulkView(
            action: action, tasks: tasks.map(\.number), able: able.count, list: list, isAll: isAll,
            selection: Runtime.selection(of: tasks), adding: form["add"] ?? "", removing: form["remove"] ?? "")
        guard let expected = form["expected"] else { return try await answer(view, request) }
        guard expected == view.selection.rawValue else {
            view.problem = "These are not the tasks that you have seen: meanwhile they are others. Nothing was done."
            return try await answer(view, request, status: .unprocessableContent)
        }
        do {
            let results = try await runtime.bulk(action, able, tags: try view.tags(), by: runtime.decider)
            view.refusals = results.compactMap { result in result.error.map { (result.task, $0.message) } }
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            view.problem = error.message
            return try await answer(view, request, status: .unprocessableContent)
        }
        let refused = view.refusals?.count ?? 0
        guard refused > 0 else {
            let sentence = BulkDialog.done(action, able.count)
            // What is deleted leaves no event.
            guard action != .delete else { return .list(request, at: list, saying: sentence) }
            return .done(request, saying: sentence, back: list.path)
        }
        return try await answer(view, request)
    }

    /// All tasks that fit; without a filter nobody can mean them all by mistake.
    private func all(of list: TaskListAddress) async throws -> [TaskRow] {
        let filter = try TaskFilter(texts: list.texts)
        guard !filter.isEmpty else {
            throw SignalboxError(.invalidInput, "No filter is set.", hint: "Choose a plan, a status or a time first.")
        }
        return try await runtime.tasks(matching: filter)
    }

    /// The tasks that were marked, as far as they are still there.
    private func marked(_ references: [String]) async throws -> [TaskRow] {
        var tasks: [TaskRow] = []
        for reference in Set(references) {
            guard let number = Int64(reference).map(TaskNumber.init(rawValue:)) else { continue }
            if let task = try await runtime.store.task(number) { tasks.append(task) }
        }
        guard !tasks.isEmpty else {
            throw SignalboxError(.invalidInput, "No task is marked.", hint: "Tick the boxes of some rows first.")
        }
        return tasks.sorted { $0.number < $1.number }
    }

    private func answer(_ view: BulkView, _ request: Request, status: Status = .ok) async throws -> Response {
        let html =
            request.isFromScript
            ? BulkDialog.render(view)
            : BulkDialog.document(view, approvals: try await runtime.openRequestCount())
        return .page(html, status: status)
    }
}

extension Runtime.BulkAction {
    /// Whether a task is in a state in which it can be done.
    fileprivate func isPossible(_ task: TaskRow) -> Bool {
        let isFinal = TaskStatus(rawValue: task.status)?.isFinal ?? false
        return switch self {
        case .cancel: !isFinal
        case .kill: !isFinal && task.status != TaskStatus.queued.rawValue
        case .retry: task.status == TaskStatus.failed.rawValue
        case .delete: isFinal
        case .rerun, .tag: true
        }
    }
}

extension BulkView {
    /// What becomes of the tags, where that is what is done.
    fileprivate func tags() throws -> TaskLabels.TagChange? {
        guard action == .tag else { return nil }
        let (adding, removing) = (Self.tags(in: adding), Self.tags(in: removing))
        guard !adding.isEmpty || !removing.isEmpty else {
            throw SignalboxError(.invalidInput, "Write a tag to add or to remove.")
        }
        guard adding.allSatisfy({ $0.count <= Limits.tagLengthMaximum }) else {
            throw SignalboxError(.invalidInput, "A tag has at most \(Limits.tagLengthMaximum) characters.")
        }
        return .change(adding: adding, removing: removing)
    }

    private static func tags(in text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}
