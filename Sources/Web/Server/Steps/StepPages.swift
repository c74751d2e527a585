internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// What stands in single steps, for whoever opens them. Scripts get it as a fragment, browsers without them the page of the
/// task with the step opened.
struct StepPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/tasks/{number}/steps/{step}/contents", handler: contents)
        router.get("/tasks/{number}/steps/{step}/parts", handler: parts)
    }

    private func contents(_ request: Request) async throws -> Response {
        let (task, step) = try await place(request)
        guard request.isFromScript else { return page(of: step, in: task) }
        let run = try request.number(ofRun: "run")
        let view = try await StepContentsLoader(runtime: runtime).view(of: step, in: task, run: run)
        return .page(StepContents.render(view, id: ElementID.step(step), now: .now))
    }

    private func parts(_ request: Request) async throws -> Response {
        let (task, step) = try await place(request)
        guard request.isFromScript else { return page(of: step, in: task) }
        let query = try StepsQuery(of: step, request)
        let overview = try await runtime.overview(inside: step, of: task, opening: query.opening)
        var tree = StepViewTree(overview, try await StepContext.read(task, runtime))
        let views = tree.views()
        let failed = try await runtime.store.step(step, of: task.number)?.iterationsFailed ?? 0
        let page = overview.pages[step].map { LoopPageView($0, loop: step, failed: failed, in: task.number) }
        return .page(StepTrack.parts(views, page: page, now: .now))
    }

    private func place(_ request: Request) async throws -> (task: TaskRow, step: StepPath) {
        (
            try await runtime.task(request.pathParameter("number")),
            StepPath(rawValue: request.pathParameter("step"))
        )
    }

    private func page(of step: StepPath, in task: TaskRow) -> Response {
        Response(.seeOther, headers: ["Location": StepAddress(task: task.number, step: step).onTaskPage])
    }
}

extension Request {
    fileprivate func number(ofRun name: String) throws -> RunNumber? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text) else {
            throw SignalboxError(.notFound, "There is no run \"\(text.prefix(20))\".")
        }
        return RunNumber(rawValue: number)
    }
}
