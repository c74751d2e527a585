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
        router.post("/tasks/{number}/rerun", handler: rerun)
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

    /// A new task with the same inputs and the plan as it was; the browser goes to its page.
    private func rerun(_ request: Request) async throws -> Response {
        _ = try request.form()
        let task = try await runtime.task(request.pathParameter("number"))
        var again = AgainRequest.rerun()
        again.trigger = .user
        do {
            let receipt = try await runtime.rerun(task, again)
            return .moved(request, to: "/tasks/\(receipt.number.rawValue)")
        } catch let error as SignalboxError where request.isFromScript {
            return .refused(error.message)
        }
    }

    /// Where Kill leads without scripts: the question that is a dialog otherwise. A script that has no dialog of the task
    /// at hand, as in the list, gets one.
    private func confirmKill(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        guard !request.isFromScript else { return .page(KillDialog.render(TaskRowView(task))) }
        return .page(KillDialog.document(TaskRowView(task), approvals: try await runtime.openRequestCount()))
    }
}
