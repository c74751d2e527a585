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

    /// Takes `add`, several tags with commas between them, `remove`, or, to take such a change back and leave alone what
    /// others have done meanwhile, `drop` and `restore`, a tag a line.
    private func tag(_ request: Request) async throws -> Response {
        let form = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        let typed = form["add"] ?? ""
        let adding = typed.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let removing = form.all("remove")
        let (dropped, restored) = (form["drop"].map(Self.lines), form["restore"].map(Self.lines))
        let isUndo = dropped != nil || restored != nil
        do {
            try await runtime.label(
                task.number,
                tags: .change(adding: adding + (restored ?? []), removing: removing + (dropped ?? [])),
                by: runtime.decider)
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            let again = TaskLabelForms.tagForm("\(path(of: task))/tags", typed: typed, error.sentence)
            return try await refusal(again, title: "Tag task \(task.number)", of: task, request)
        }
        let sentence =
            if let removed = form["remove"] { "The tag “\(removed)” is off" } else {
                isUndo ? "The change of the tags is taken back" : "Tagged"
            }
        let (came, went) = (adding.filter { !task.tags.contains($0) }, removing.filter(task.tags.contains))
        let undo = Undo(
            "\(path(of: task))/tags",
            ["drop": came.joined(separator: "\n"), "restore": went.joined(separator: "\n")])
        let canUndo = !isUndo && !(came.isEmpty && went.isEmpty)
        return .done(request, saying: sentence, back: path(of: task), undo: canUndo ? undo : nil)
    }

    private static func lines(_ text: String) -> [String] {
        text.plainBreaks.split(separator: "\n").map(String.init)
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
