internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// The inbox, the page of a single request, and the forms that decide.
struct ApprovalPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/approvals") { .page(ApprovalsPage.document(try await inbox(page: try $0.pageNumber))) }
        router.get("/approvals/live", handler: live)
        router.get("/approvals/{id}") { request in
            .page(try await page(of: request.pathParameter("id"), FormStateView()))
        }
        router.get("/approvals/{id}/proposal") { request in
            let view = try await view(of: request.pathParameter("id"))
            return .page(ProposalPage.document(view, approvals: try await runtime.openRequestCount(), now: .now))
        }
        router.post("/approvals/{id}", handler: decide)
    }

    private func inbox(page: Int) async throws -> ApprovalsView {
        let listing = try await runtime.store.decisions(DecisionQuery(page: page, size: ApprovalsView.pageSize))
        var requests: [RequestView] = []
        for row in listing.decisions { requests.append(try await view(of: row.id)) }
        return ApprovalsView(
            requests: requests, total: listing.total, page: page, position: listing.position, now: .now)
    }

    private func live(_ request: Request) async throws -> Response {
        let page = try request.pageNumber
        return LiveFragments(runtime: runtime, task: nil).response(after: try request.livePosition) {
            let view = try await inbox(page: page)
            return (ApprovalsPage.fragment(view), view.position)
        }
    }

    private func view(of id: String) async throws -> RequestView {
        let (row, request) = try await runtime.request(id)
        let others = try await runtime.store.decisions(
            DecisionQuery(isOpenOnly: false, task: row.task, size: Limits.reviewRejectionsMaximum * 100))
        let name = try await runtime.store.task(row.task)?.name
        return RequestView(row, request, in: others.decisions, user: runtime.decider, taskName: name ?? "")
    }

    private func page(of id: String, _ state: FormStateView) async throws -> HTML {
        let view = try await view(of: id)
        let approvals = try await runtime.openRequestCount()
        return ApprovalPage.document(view, state: state, approvals: approvals, now: .now)
    }

    /// A form was sent. Scripts get an empty answer, since the live stream shows what has become of it; without them the
    /// browser goes back to where it was.
    private func decide(_ request: Request) async throws -> Response {
        let id = request.pathParameter("id")
        let form = try request.form()
        let (row, asked) = try await runtime.request(id)
        var submitted = SubmittedDecision(asked, form, user: runtime.decider)
        do {
            // Nobody should have to mend a form that does not count any more.
            guard row.state == DecisionRow.openState else { throw row.conflict }
            guard let decision = submitted.decision() else {
                return try await refusal(of: id, submitted.state, request)
            }
            try await runtime.decide(id, decision)
            let back = form["from"] == "inbox" ? "/approvals" : "/tasks/\(asked.taskNumber(of: id))"
            return .done(request, saying: asked.kind.done(decision.verdict), back: back)
        } catch let error as SignalboxError where error.code == .invalidInput {
            submitted.refuse(error)
            return try await refusal(of: id, submitted.state, request)
        } catch let error as SignalboxError where error.code == .conflict {
            guard !request.isFromScript else { return .refused(error.message) }
            return .page(
                try await page(of: id, FormStateView(typed: submitted.state.typed, message: error.sentence)),
                status: .conflict)
        }
    }

    /// The form again with what was typed and what is wrong with it.
    private func refusal(of id: String, _ state: FormStateView, _ request: Request) async throws -> Response {
        guard request.isFromScript else {
            return .page(try await page(of: id, state), status: .unprocessableContent)
        }
        let view = try await view(of: id)
        let isInbox = state.typed?["from"] == "inbox"
        return .page(
            RequestForm.render(view, state: state, origin: isInbox ? "inbox" : "task"), status: .unprocessableContent)
    }
}

extension DecisionRequest {
    /// The number of the task, which the id of the request begins with.
    fileprivate func taskNumber(of id: String) -> Int64 { DecisionRow.parse(id: id)?.task.rawValue ?? 0 }
}

extension DecisionRow {
    /// What whoever comes second is told.
    fileprivate var conflict: SignalboxError {
        guard let decidedBy, let decidedAt else {
            return SignalboxError(.conflict, "Request \(id) is not open any more: its step has ended without it.")
        }
        return SignalboxError(
            .conflict, "Request \(id) was decided by \(decidedBy) at \(decidedAt.rfc3339): \(verdict ?? state).")
    }
}

extension SignalboxError {
    fileprivate var sentence: String { hint.map { "\(message) \($0)" } ?? message }
}
