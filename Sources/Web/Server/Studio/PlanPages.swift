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
            let name = request.pathParameter("name")
            let before = try await runtime.savedPlan(name).published
            return try await change(
                request, .unpublish, saying: "Unpublished: the latest version runs",
                undo: before == nil ? nil : Undo(publicationOf: nil, before: before, plan: name))
        }
        router.post("/plans/{name}/archive") { request in
            let path = DocumentKind.plan.path(request.pathParameter("name"), "restore")
            return try await change(
                request, .archive, saying: "Archived: nobody runs it by its name any more", undo: Undo(path))
        }
        router.post("/plans/{name}/restore") { request in
            try await change(request, .restore, saying: "It is back")
        }
        router.post("/plans/{name}/publication", handler: takeBack)
        DocumentEditorPages(library: StudioLibrary(runtime: runtime, kind: .plan)).install(in: &router)
        AppFormPages(runtime: runtime).install(in: &router)
    }

    private func publish(_ request: Request) async throws -> Response {
        let form = try request.form()
        guard let version = form["version"].flatMap({ ContentHash(rawValue: $0) }) else {
            throw SignalboxError(.invalidInput, "Nothing says which version is to be published.")
        }
        let name = request.pathParameter("name")
        let before = try await runtime.savedPlan(name).published
        return try await change(
            request, .publish(version), saying: "Published \(version.short)",
            undo: Undo(publicationOf: version, before: before, plan: name))
    }

    /// Publishes what was published before, if nothing else has been published since.
    private func takeBack(_ request: Request) async throws -> Response {
        let form = try request.form()
        let now = form["now"].flatMap { ContentHash(rawValue: $0) }
        let version = form["before"].flatMap { ContentHash(rawValue: $0) }
        let name = request.pathParameter("name")
        // The one that was published before is a version of this plan.
        if let version { _ = try await runtime.plan(named: name, .digits(version.rawValue)) }
        do {
            try await runtime.change(name, .replacePublished(now, with: version))
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused("Nothing was taken back. \(error.message)")
        }
        let said =
            version.map { "Published \($0.short) again" }
            ?? "\(now.map { "\($0.short) is not published any more" } ?? "Unpublished"): the latest version runs"
        let path = DocumentKind.plan.path(name)
        // The editor stays as it is, with what was typed meanwhile.
        guard form["stay"] == nil else { return .done(request, saying: said, back: path) }
        return .reloaded(
            request, at: path, saying: said, undo: Undo(publicationOf: version, before: now, plan: name))
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

extension Undo {
    /// Publishes again what was published before, if by then nothing else is; nil where that is the same.
    init?(publicationOf version: ContentHash?, before: ContentHash?, plan: String) {
        guard version != before else { return nil }
        var fields: [String: String] = [:]
        if let version { fields["now"] = version.rawValue }
        if let before { fields["before"] = before.rawValue }
        self.init(DocumentKind.plan.path(plan, "publication"), fields)
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
