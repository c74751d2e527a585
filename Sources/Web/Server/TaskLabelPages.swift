internal import API
internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// Changes of what people call a task: its name and its tags. Both can be taken back.
struct TaskLabelPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/tasks/{number}/name", handler: rename)
        router.post("/tasks/{number}/tags", handler: tag)
    }

    private func rename(_ request: Request) async throws -> Response {
        let form = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        let name = form["name"] ?? ""
        do {
            try await runtime.label(task.number, name: name, by: runtime.decider)
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            let again = TaskLabelForms.renameForm(RenameState(task: task.number, name: name, message: error.sentence))
            return try await refusal(again, title: "Rename task \(task.number)", of: task, request)
        }
        return .done(
            request, saying: "The task is called “\(name.prefix(80))” now", back: path(of: task),
            undo: Undo("\(path(of: task))/name", ["name": task.name]))
    }

    /// Takes `add`, several tags with commas between them, `remove`, or `set`, a tag a line.
    private func tag(_ request: Request) async throws -> Response {
        let form = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        let typed = form["add"] ?? ""
        let adding = typed.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let change: TaskLabels.TagChange =
            if let tags = form["set"] {
                .set(tags.split(separator: "\n").map(String.init))
            } else {
                .change(adding: adding, removing: form.all("remove"))
            }
        do {
            try await runtime.label(task.number, tags: change, by: runtime.decider)
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            let again = TaskLabelForms.tagForm("\(path(of: task))/tags", typed: typed, error.sentence)
            return try await refusal(again, title: "Tag task \(task.number)", of: task, request)
        }
        let sentence =
            if let removed = form["remove"] { "The tag “\(removed)” is off" } else {
                form["set"] == nil ? "Tagged" : "The tags are as they were"
            }
        let undo = Undo("\(path(of: task))/tags", ["set": task.tags.joined(separator: "\n")])
        return .done(request, saying: sentence, back: path(of: task), undo: form["set"] == nil ? undo : nil)
    }

    private func refusal(
        _ form: HTML, title: String, of task: TaskRow, _ request: Request
    ) async throws -> Response {
        guard !request.isFromScript else { return .page(form, status: .unprocessableContent) }
        let page = TaskLabelForms.document(
            form, title: title, task: task.number, approvals: try await runtime.openRequestCount())
        return .page(page, status: .unprocessableContent)
    }

    private func path(of task: TaskRow) -> String { "/tasks/\(task.number.rawValue)" }
}
