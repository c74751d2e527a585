internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// The library of agents: its list, the page of each, and what is done to them.
struct AgentPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/agents") { .page(AgentsPage.document(try await AgentLoader(runtime: runtime).list($0))) }
        router.get("/agents/{name}") { .page(AgentPage.document(try await AgentLoader(runtime: runtime).agent($0))) }
        router.get("/agents/{name}/file", handler: export)
        router.get("/agents/{name}/diff", handler: difference)
        router.post("/agents/{name}/archive", handler: archive)
        router.post("/agents/{name}/restore", handler: restore)
        router.get("/agents/{name}/memory/forget", handler: ask)
        router.post("/agents/{name}/memory/forget", handler: forget)
        DocumentEditorPages(library: StudioLibrary(runtime: runtime, kind: .agent)).install(in: &router)
    }

    private func archive(_ request: Request) async throws -> Response {
        try await act(request, saying: "Archived: plans do not find it by its name any more", undo: "restore") {
            try await runtime.archiveAgent($0)
        }
    }

    /// The name finds its latest version again.
    private func restore(_ request: Request) async throws -> Response {
        try await act(request, saying: "It is back") { name in
            try await runtime.archiveAgent(name, undo: true)
        }
    }

    private func act(
        _ request: Request, saying text: String, undo: String? = nil, _ action: (String) async throws -> Void
    ) async throws -> Response {
        _ = try request.form()
        let name = request.pathParameter("name")
        do {
            try await action(name)
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused(error.message)
        }
        return .reloaded(
            request, at: DocumentKind.agent.path(name), saying: text,
            undo: undo.map { Undo(DocumentKind.agent.path(name, $0)) })
    }

    private func export(_ request: Request) async throws -> Response {
        let agent = try await version("version", of: request)
        return DocumentFile.response(agent.source, name: agent.name)
    }

    private func version(_ parameter: String, of request: Request) async throws -> AgentRow {
        let name = request.pathParameter("name")
        guard let version = request.query[parameter] else { return try await runtime.latestAgent(name) }
        return try await runtime.agent(named: name, version: version)
    }

    private func difference(_ request: Request) async throws -> Response {
        let (from, to) = (try await version("from", of: request), try await version("to", of: request))
        let view = VersionDifferenceView(
            kind: .agent, name: from.name, from: PlanView.Version(from), to: PlanView.Version(to),
            text: Runtime.difference(from.source, to.source), approvals: try await runtime.openRequestCount(),
            now: .now)
        return .page(VersionDifferencePage.document(view))
    }

    private func ask(_ request: Request) async throws -> Response {
        let (name, entry) = (request.pathParameter("name"), request.query["entry"] ?? "")
        do {
            _ = try await runtime.memory(entry, of: name)
        } catch let error as SignalboxError where request.isFromScript && error.code == .notFound {
            // A script shows no page of an error in the place of a question.
            return .refused(error.message)
        }
        guard !request.isFromScript else { return .page(AgentMemory.dialog(entry, of: name)) }
        return .page(
            AgentMemory.document(entry, of: name, approvals: try await runtime.openRequestCount(), now: .now))
    }

    private func forget(_ request: Request) async throws -> Response {
        let entry = try request.form()["entry"] ?? ""
        return try await act(request, saying: "Deleted from its memory") { name in
            try await runtime.forget(entry, of: name)
        }
    }
}

extension PlanView.Version {
    init(_ row: AgentRow) {
        self.init(AgentVersionRow(row))
    }

    init(_ row: AgentVersionRow) {
        self.init(hash: row.hash, savedAt: row.savedAt, author: nil, note: nil)
    }
}
