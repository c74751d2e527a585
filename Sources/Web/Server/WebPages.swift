internal import API
internal import Core
public import HTTPServer
public import Runtime
internal import Store

/// The pages of the web interface and their live streams.
public struct WebPages: Sendable {
    let runtime: Runtime

    public init(_ runtime: Runtime) {
        self.runtime = runtime
    }

    /// Adds all routes, and shows errors on pages as pages.
    public func install(in router: inout Router) {
        router.get("/") { _ in Response(.seeOther, headers: ["Location": "/tasks"]) }
        let facts = LiveFacts(runtime: runtime)
        router.get(Layout.factsPath) { _ in facts.response() }
        TaskListPages(runtime: runtime).install(in: &router)
        PlanPages(runtime: runtime).install(in: &router)
        AgentPages(runtime: runtime).install(in: &router)
        SettingsPages(runtime: runtime).install(in: &router)
        router.get("/tasks/{number}") { .page(TaskPage.document(try await task($0))) }
        router.get("/tasks/{number}/live", handler: liveTask)
        router.get("/tasks/{number}/outputs/{name}", handler: output)
        router.get("/tasks/{number}/inputs/{name}", handler: input)
        router.get("/tasks/{number}/steps/{step}/output", handler: stepOutput)
        router.get("/assets/{name}", handler: asset)
        let reference = API(runtime).document
        router.get("/api/docs") { _ in
            .page(
                ReferencePage.document(reference, approvals: try await runtime.openRequestCount(), now: .now))
        }
        TaskActionPages(runtime: runtime).install(in: &router)
        ApprovalPages(runtime: runtime).install(in: &router)
        TurnPages(runtime: runtime).install(in: &router)
        TracePages(runtime: runtime).install(in: &router)
        StepPages(runtime: runtime).install(in: &router)
        TaskLabelPages(runtime: runtime).install(in: &router)
        PalettePages(runtime: runtime).install(in: &router)
        let slots = UploadSlots()
        ComposerPages(runtime: runtime, slots: slots).install(in: &router)
        RestartPages(runtime: runtime, slots: slots).install(in: &router)
        ComparePages(runtime: runtime).install(in: &router)
        PlaygroundPages(runtime: runtime, slots: slots).install(in: &router)
        let problem = router.errorResponse
        router.errorResponse = { error, request in
            guard request.wantsPage else { return problem(error, request) }
            return .page(errorPage(error), status: problem(error, request).status)
        }
    }

    private func task(_ request: Request) async throws -> TaskPageView {
        let task = try await runtime.task(request.pathParameter("number"))
        let head = try await runtime.head(of: task)
        return TaskPageView(
            head, try await TaskPartLoader.load(task, request, runtime),
            requests: try await RequestView.open(in: head, runtime), approvals: try await runtime.openRequestCount(),
            now: .now)
    }

    private func liveTask(_ request: Request) async throws -> Response {
        let number = try await runtime.task(request.pathParameter("number")).number
        let watched = WatchedTask(number: number, openRequests: request.query["approvals"].flatMap { Int($0) })
        if request.query["part"] == TaskPart.timeline.rawValue { return try liveTimeline(of: watched, request) }
        return LiveFragments(runtime: runtime).response(after: try request.livePosition, of: watched) {
            let view = try await task(request)
            return (TaskPage.fragment(view), view.position)
        }
    }

    private func liveTimeline(of watched: WatchedTask, _ request: Request) throws -> Response {
        let shown = request.query.all("show")
        let showsSaid = shown.isEmpty || shown.contains(TimelineSubject.agents.rawValue)
        let live = LiveTimeline(
            runtime: runtime, task: watched, step: request.query["step"].map(StepPath.init(rawValue:)))
        return live.response(
            after: try request.livePosition, showsSaid: showsSaid && request.query["before"] == nil
        ) { said in
            var view = try await task(request)
            if case .timeline(var part) = view.content {
                part.said = said
                view.content = .timeline(part)
            }
            return (TaskPage.fragment(view), view.position)
        }
    }

    /// One output of a task as a file.
    private func output(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let name = request.pathParameter("name")
        guard let value = try await runtime.outputs(of: task)[name] else {
            throw SignalboxError(.notFound, "Task \(task.number) has no output \"\(name.prefix(64))\".")
        }
        return attachment(value, name: name, of: task)
    }

    /// One input of a task as a file.
    private func input(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let name = request.pathParameter("name")
        guard let value = try await runtime.given(of: task).inputs[name] else {
            throw SignalboxError(.notFound, "Task \(task.number) has no input \"\(name.prefix(64))\".")
        }
        return attachment(value, name: name, of: task)
    }

    /// The output of one step as a file.
    private func stepOutput(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let step = StepPath(rawValue: request.pathParameter("step"))
        guard let value = try await runtime.output(of: step, of: task) else {
            throw SignalboxError(
                .notFound, "Task \(task.number) has no output of a step \"\(step.rawValue.prefix(64))\".")
        }
        return attachment(value, name: step.rawValue, of: task)
    }

    private func attachment(_ value: JSON, name: String, of task: TaskRow) -> Response {
        let output = OutputView(name: name, value: value, of: task.number)
        return Attachment.response(
            Array((value.stringValue ?? value.prettyText).utf8), name: output.fileName, isImmutable: false)
    }

    private func asset(_ request: Request) async throws -> Response {
        guard let asset = Assets.asset(at: request.path) else {
            throw SignalboxError(.notFound, "There is no file \(request.path.prefix(80)).")
        }
        return Response(
            headers: ["Content-Type": asset.mediaType, "Cache-Control": Asset.cacheControl], body: .bytes(asset.bytes))
    }

    private func errorPage(_ error: any Error) -> HTML {
        guard let error = error as? SignalboxError else {
            return ErrorPage.failure(
                SignalboxError(
                    .internal, "A defect in the server kept it from making this page.", hint: "Its log says more."))
        }
        if let deleted = (error.cause as? DeletedTask)?.row {
            return ErrorPage.deleted(
                deleted.number, name: deleted.name, plan: deleted.planName, by: deleted.deletedBy,
                at: deleted.deletedAt)
        }
        return error.code == .notFound ? ErrorPage.notFound(error.message) : ErrorPage.failure(error)
    }
}

extension Request {
    /// Whether a person with a browser asks, who is better served by a page than by JSON.
    fileprivate var wantsPage: Bool {
        segments.first != "api" && headers["Accept"]?.contains("text/html") == true
    }
}
