internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// The inbox, the page of a single request, and the forms that decide.
struct ApprovalPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/approvals") { .page(ApprovalsPage.document(try await inbox(try ApprovalsAddress($0)))) }
        router.get("/approvals/live", handler: live)
        router.get("/approvals/{id}") { request in
            .page(try await page(of: request.pathParameter("id"), FormStateView()))
        }
        router.get("/approvals/{id}/live", handler: liveRequest)
        router.get("/approvals/{id}/proposal") { request in
            let view = try await view(of: request.pathParameter("id"))
            return .page(ProposalPage.document(view, approvals: try await runtime.openRequestCount(), now: .now))
        }
        router.post("/approvals/{id}", handler: decide)
        router.post("/approvals/{id}/check", handler: check)
        TogetherPages(runtime: runtime, approvals: self).install(in: &router)
    }

    private func inbox(_ address: ApprovalsAddress) async throws -> ApprovalsView {
        var query = DecisionQuery(isOpenOnly: !address.isSettled, page: address.page, size: ApprovalsView.pageSize)
        query.isSettledOnly = address.isSettled
        query.isNewestFirst = address.isSettled
        query.kind = address.kind?.rawValue
        query.plan = address.plan
        let listing = try await runtime.store.decisions(query)
        var requests: [RequestView] = []
        for row in listing.decisions { requests.append(try await view(of: row.id)) }
        return ApprovalsView(
            requests: requests, total: listing.total, page: address.page, position: listing.position, now: .now,
            address: address, open: try await runtime.openRequestCount(),
            counts: try await runtime.store.openDecisionCounts())
    }

    private func live(_ request: Request) async throws -> Response {
        let address = try ApprovalsAddress(request)
        return LiveFragments(runtime: runtime, task: nil).response(after: try request.livePosition) {
            let view = try await inbox(address)
            return (ApprovalsPage.fragment(view), view.position)
        }
    }

    private func liveRequest(_ request: Request) async throws -> Response {
        let id = request.pathParameter("id")
        let task = try await runtime.request(id).row.task
        return LiveFragments(runtime: runtime, task: task).response(after: try request.livePosition) {
            // Looked up before what it says, so that nothing can be missed.
            let position = try await runtime.store.newestPosition()
            let (view, approvals) = (try await view(of: id), try await runtime.openRequestCount())
            return (ApprovalPage.fragment(view, approvals: approvals, now: .now), position)
        }
    }

    /// All that is shown of a request: of an open one also what was asked before, of a settled one what was decided.
    func view(of id: String) async throws -> RequestView {
        let detail = try await runtime.decision(id)
        let (row, request) = (detail.row, detail.request)
        let others = try await runtime.store.decisions(
            DecisionQuery(isOpenOnly: false, task: row.task, size: Limits.reviewRejectionsMaximum * 100))
        let name = try await runtime.store.task(row.task)?.name
        var view = RequestView(
            row, request, detail.decision, in: others.decisions, user: runtime.decider, taskName: name ?? "")
        view.interrupted = try await InterruptedView(request, in: row.task, runtime)
        if view.outcome == nil, let earlier = request.before(row, in: others.decisions) {
            view.before = RequestView.Before(try await runtime.decision(earlier.id), of: request)
        }
        return view
    }

    /// What is wrong with a form as far as it is filled in; nothing is decided.
    private func check(_ request: Request) async throws -> Response {
        let form = try request.form()
        let (_, asked) = try await runtime.request(request.pathParameter("id"))
        var submitted = SubmittedDecision(asked, form, user: runtime.decider)
        _ = submitted.checkedDecision()
        return .page(FormField.problems(submitted.state))
    }

    private func page(of id: String, _ state: FormStateView) async throws -> HTML {
        let position = try await runtime.store.newestPosition()
        let view = try await view(of: id)
        let approvals = try await runtime.openRequestCount()
        return ApprovalPage.document(view, state: state, approvals: approvals, position: position, now: .now)
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
            guard row.state == DecisionRow.openState else { throw row.conflict(asked.kind) }
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
            // It may have been decided just now.
            let row = try await runtime.request(id).row
            let error = row.state == DecisionRow.openState ? error : row.conflict(asked.kind)
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
    func conflict(_ kind: DecisionRequest.Kind, now: Timestamp = .now) -> SignalboxError {
        guard let decidedBy, let decidedAt else {
            return SignalboxError(.conflict, "Request \(id) is not open any more: its step has ended without it.")
        }
        return SignalboxError(
            .conflict,
            "Request \(id) was decided by \(decidedBy) \(Format.age(of: decidedAt, at: now)): "
                + "\(verdict.flatMap(Verdict.init).map(kind.done) ?? state).")
    }
}

extension SignalboxError {
    var sentence: String { hint.map { "\(message) \($0)" } ?? message }
}
