internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/approvals`: everything that waits for a person, and what people have decided.
struct ApprovalsResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/api/approvals", handler: list)
        router.get("/api/approvals/{id}") { request in
            .json(try await detail(request.pathParameter("id")))
        }
        router.post("/api/approvals/{id}/decision", handler: decide)
    }

    private func list(_ request: Request) async throws -> Response {
        let query = try QueryReader(request.query, known: ["state", "task", "page", "size"])
        let state = query.text("state") ?? "open"
        guard ["open", "all"].contains(state) else {
            throw SignalboxError(.invalidInput, "The parameter \"state\" must be open or all.")
        }
        var task: TaskNumber?
        if let reference = query.text("task") { task = try await runtime.task(reference).number }
        let page = try await runtime.store.decisions(
            DecisionQuery(
                isOpenOnly: state == "open", task: task,
                page: try query.integer("page", in: 1...1_000_000, default: 1),
                size: try query.integer("size", in: 1...100, default: 25)))
        var names: [TaskNumber: String] = [:]
        for row in page.decisions where names[row.task] == nil {
            names[row.task] = try await runtime.store.task(row.task)?.name
        }
        return .json([
            "approvals": .array(page.decisions.map { $0.json(taskName: names[$0.task]) }),
            "total": .int(Int64(page.total)), "position": .int(page.position.rawValue),
        ])
    }

    private func decide(_ request: Request) async throws -> Response {
        let id = request.pathParameter("id")
        // Whether there is such a request comes before what is wrong with the decision.
        _ = try await runtime.request(id)
        try await runtime.decide(id, try Decision(try request.json(), user: runtime.configuration.user))
        return .json(try await detail(id))
    }

    private func detail(_ id: String) async throws -> JSON {
        let decision = try await runtime.decision(id)
        return decision.json(taskName: try await runtime.store.task(decision.row.task)?.name)
    }
}
