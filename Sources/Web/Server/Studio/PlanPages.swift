internal import API
internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// The list of plans, the page of each, and what is done to them.
struct PlanPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/plans") { .page(PlansPage.document(try await PlanListLoader(runtime: runtime).load($0))) }
        router.get("/plans/{name}") { .page(PlanPage.document(try await PlanPageLoader(runtime: runtime).load($0))) }
        router.get("/plans/{name}/file", handler: export)
        router.get("/plans/{name}/diff", handler: difference)
        router.post("/plans/{name}/publish", handler: publish)
        router.post("/plans/{name}/unpublish") { request in
            let path = DocumentKind.plan.path(request.pathParameter("name"))
            let before = try await runtime.savedPlan(request.pathParameter("name")).published
            return try await change(
                request, .unpublish, saying: "Unpublished: the latest version runs",
                undo: before.map { Undo("\(path)/publish", ["version": $0.rawValue]) })
        }
        router.post("/plans/{name}/archive") { request in
            let path = DocumentKind.plan.path(request.pathParameter("name"), "restore")
            return try await change(
                request, .archive, saying: "Archived: nobody runs it by its name any more", undo: Undo(path))
        }
        router.post("/plans/{name}/restore") { request in
            try await change(request, .restore, saying: "It is back")
        }
        DocumentEditorPages(library: StudioLibrary(runtime: runtime, kind: .plan)).install(in: &router)
        AppFormPages(runtime: runtime).install(in: &router)
    }

    private func publish(_ request: Request) async throws -> Response {
        let form = try request.form()
        guard let version = form["version"].flatMap({ ContentHash(rawValue: $0) }) else {
            throw SignalboxError(.invalidInput, "Nothing says which version is to be published.")
        }
        let path = DocumentKind.plan.path(request.pathParameter("name"))
        let before = try await runtime.savedPlan(request.pathParameter("name")).published
        let undo = before.map { Undo("\(path)/publish", ["version": $0.rawValue]) } ?? Undo("\(path)/unpublish")
        return try await change(
            request, .publish(version), saying: "Published \(version.short)", undo: before == version ? nil : undo)
    }

    private func change(
        _ request: Request, _ change: PlanChange, saying text: String, undo: Undo? = nil
    ) async throws -> Response {
        _ = try request.form()
        let name = request.pathParameter("name")
        do {
            try await runtime.change(name, change)
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused(error.message)
        }
        return .reloaded(
            request, at: DocumentKind.plan.path(name), saying: text, undo: undo)
    }

    /// A version as a file: its text, or with the files that it brings along as the API takes it.
    private func export(_ request: Request) async throws -> Response {
        let version = try request.query["version"].map { try PlanVersionChoice($0) } ?? .latest
        let plan = try await runtime.plan(named: request.pathParameter("name"), version)
        return DocumentFile.response(plan.source, name: plan.name)
    }

    private func difference(_ request: Request) async throws -> Response {
        let name = request.pathParameter("name")
        let from = try await runtime.plan(
            named: name, try request.query["from"].map { try PlanVersionChoice($0) } ?? .current)
        let to = try await runtime.plan(
            named: name, try request.query["to"].map { try PlanVersionChoice($0) } ?? .latest)
        let view = VersionDifferenceView(
            kind: .plan, name: name, from: PlanView.Version(PlanVersionRow(from)),
            to: PlanView.Version(PlanVersionRow(to)), text: PlanComparison(from, to).text,
            approvals: try await runtime.openRequestCount(), now: .now)
        return .page(VersionDifferencePage.document(view))
    }
}

/// A document as a file to keep.
enum DocumentFile: Sendable {
    static func response(_ source: PlanSource, name: String) -> Response {
        guard !source.files.isEmpty else {
            return Attachment.response(Array(source.text.utf8), name: "\(name).yaml", isImmutable: false)
        }
        let files = source.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        let bundle: JSON = [
            "path": .string(source.path), "text": .string(source.text), "files": .object(JSONObject(files)),
        ]
        return Attachment.response(Array((bundle.prettyText + "\n").utf8), name: "\(name).json", isImmutable: false)
    }
}
