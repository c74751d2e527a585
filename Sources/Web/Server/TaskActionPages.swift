internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// What people do to a task from its page: plain forms, which work without scripts too.
struct TaskActionPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/tasks/{number}/cancel") { request in
            try await act(request, saying: "Cancel was asked for") { try await runtime.cancel($0, by: runtime.decider) }
        }
        router.post("/tasks/{number}/kill") { request in
            try await act(request, saying: "Killed") { try await runtime.kill($0, by: runtime.decider) }
        }
        router.post("/tasks/{number}/retry") { request in
            try await act(request, saying: "The task goes on") { try await runtime.retry($0, by: runtime.decider) }
        }
        router.get("/tasks/{number}/rerun", handler: chooseRerun)
        router.post("/tasks/{number}/rerun", handler: rerun)
        router.get("/tasks/{number}/delete", handler: confirmDelete)
        router.post("/tasks/{number}/delete", handler: delete)
        router.get("/tasks/{number}/kill", handler: confirmKill)
    }

    private func act(
        _ request: Request, saying text: String, _ action: (TaskNumber) async throws -> Void
    ) async throws -> Response {
        _ = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        do {
            try await action(task.number)
        } catch let error as SignalboxError where error.code == .conflict && request.isFromScript {
            return .refused(error.message)
        }
        return .done(request, saying: text, back: "/tasks/\(task.number.rawValue)")
    }

    /// A new task with the same inputs; the browser goes to its page.
    private func rerun(_ request: Request) async throws -> Response {
        let form = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        var again = AgainRequest.rerun(form["plan"] == "is" ? .asItIs : .asItWas, from: form["from"])
        again.trigger = .user
        do {
            let receipt = try await runtime.rerun(task, again)
            return .moved(request, to: "/tasks/\(receipt.number.rawValue)")
        } catch let error as SignalboxError where request.isFromScript {
            return .refused(error.message)
        }
    }

    /// Which version of the plan is meant, where it has changed since.
    private func chooseRerun(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        var difference: String?
        if let now = try await runtime.store.plan(named: task.planName),
            let then = try await runtime.store.plan(task.planHash)
        {
            difference = Runtime.difference(then.source, now.source)
        }
        return .page(
            RerunPage.document(
                TaskRowView(task), step: request.query["from"].map { StepPath(rawValue: $0) }, difference: difference,
                approvals: try await runtime.openRequestCount()))
    }

    /// Where Delete leads without scripts: the question that is a dialog otherwise.
    private func confirmDelete(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        return .page(DeleteDialog.document(TaskRowView(task), approvals: try await runtime.openRequestCount()))
    }

    /// The task is gone, and its page with it: the browser goes to the list.
    private func delete(_ request: Request) async throws -> Response {
        _ = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        do {
            try await runtime.delete(task.number, by: runtime.decider)
        } catch let error as SignalboxError where error.code == .conflict && request.isFromScript {
            return .refused(error.message)
        }
        return .moved(request, to: "/tasks")
    }

    /// Where Kill leads without scripts: the question that is a dialog otherwise. A script that has no dialog of the task
    /// at hand, as in the list, gets one.
    private func confirmKill(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        guard !request.isFromScript else { return .page(KillDialog.render(TaskRowView(task))) }
        return .page(KillDialog.document(TaskRowView(task), approvals: try await runtime.openRequestCount()))
    }
}
