internal import API
internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// Several requests decided at once: first it is said of each what would follow, then it is done to these and no others.
struct TogetherPages: Sendable {
    let runtime: Runtime
    let approvals: ApprovalPages

    func install(in router: inout Router) {
        router.post("/approvals/together", handler: act)
    }

    private func act(_ request: Request) async throws -> Response {
        let form = try request.form()
        let list = try ApprovalsAddress(query: form["list"] ?? "")
        let ids = Array(Set(form.all("request"))).prefix(Limits.decidedTogetherMaximum)
        guard let verdict = form["verdict"].flatMap(Verdict.init(rawValue:)), !ids.isEmpty else {
            let message = ids.isEmpty ? "No request is marked." : "There is no such verdict."
            guard request.isFromScript else {
                throw SignalboxError(.invalidInput, message, hint: "Tick the boxes of some requests first.")
            }
            return .refused(message)
        }
        var view = DecideTogetherView(verdict: verdict, able: [], refused: [], back: list)
        view.feedback = form["feedback"] ?? ""
        var decisions: [(request: RequestView, decision: Decision)] = []
        for id in ids {
            guard let (shown, decision, refusal) = try await judged(id, verdict, feedback: view.feedback) else {
                view.gone.append(String(id.prefix(64)))
                continue
            }
            if let refusal {
                view.refused.append((shown, refusal))
            } else if let decision {
                decisions.append((shown, decision))
            }
        }
        decisions.sort { ($0.request.requestedAt, $0.request.id) < ($1.request.requestedAt, $1.request.id) }
        view.able = decisions.map(\.request)
        view.refused.sort { ($0.request.requestedAt, $0.request.id) < ($1.request.requestedAt, $1.request.id) }
        view.gone.sort()
        guard form["sure"] == "1" else { return try await answer(view, request) }
        if verdict == .retry, view.feedback.trimmed.isEmpty {
            view.problem = "Say what is to be different."
            return try await answer(view, request, status: .unprocessableContent)
        }
        return try await decide(decisions, view, request)
    }

    /// Whether a request can be decided so as it stands, without anything being filled in.
    /// - Returns: nil when it is gone with its task.
    private func judged(
        _ id: String, _ verdict: Verdict, feedback: String
    ) async throws -> (RequestView, Decision?, refusal: String?)? {
        let (row, asked, view): (DecisionRow, DecisionRequest, RequestView)
        do {
            (row, asked) = try await runtime.request(id)
            view = try await approvals.view(of: id)
        } catch let error as SignalboxError where error.code == .notFound {
            return nil
        }
        guard row.state == DecisionRow.openState else { return (view, nil, "It is not open any more.") }
        guard asked.kind.verdicts.contains(verdict) else { return (view, nil, "This cannot be decided about it.") }
        // Whether it has happened is another question for each of them.
        if asked.kind == .inDoubt, verdict != .stop {
            return (view, nil, "Find out whether this one has happened, and say so on its own card.")
        }
        if verdict == .retry, asked.kind == .review, view.sendBacksLeft == 0 {
            return (view, nil, "It was sent back \(Limits.reviewRejectionsMaximum) times, which is the most.")
        }
        var form = Query()
        form.add("verdict", verdict.rawValue)
        for field in view.fields where field.control != .checkbox || field.initial == "true" {
            form.add(field.name, field.initial)
        }
        // Whether there is feedback is seen when it is meant: until then nobody could have written it.
        let isFeedbackMissing = verdict == .retry && feedback.trimmed.isEmpty
        form.add(FormFieldView.Name.feedback, isFeedbackMissing ? "–" : feedback)
        var submitted = SubmittedDecision(asked, form, user: runtime.decider)
        guard let decision = submitted.checkedDecision() else { return (view, nil, Self.words(submitted.state, view)) }
        return (view, decision, nil)
    }

    /// What is missing, in one sentence.
    private static func words(_ state: FormStateView, _ view: RequestView) -> String {
        let labels = view.fields.filter { state.errors[$0.name] != nil }.map(\.label)
        guard labels.isEmpty else { return "Something must be filled in: \(labels.joined(separator: ", "))." }
        return state.message ?? state.errors.values.sorted().first ?? "It cannot be decided so."
    }

    private func decide(
        _ decisions: [(request: RequestView, decision: Decision)], _ view: DecideTogetherView, _ request: Request
    ) async throws -> Response {
        var (view, decided) = (view, 0)
        for (shown, decision) in decisions {
            do {
                try await runtime.decide(shown.id, decision)
                decided += 1
            } catch let error as SignalboxError where [.conflict, .invalidInput, .notFound].contains(error.code) {
                view.refused.append((shown, error.message))
            }
        }
        guard view.refused.isEmpty, view.gone.isEmpty else {
            (view.able, view.decided) = ([], decided)
            return try await answer(view, request)
        }
        return .done(request, saying: DecideTogether.done(view.verdict, decided), back: view.back.path)
    }

    private func answer(_ view: DecideTogetherView, _ request: Request, status: Status = .ok) async throws -> Response {
        let html =
            request.isFromScript
            ? DecideTogether.dialog(view)
            : DecideTogether.document(view, approvals: try await runtime.openRequestCount())
        return .page(html, status: status)
    }
}
