internal import Core
internal import Runtime
internal import Store

extension TaskPageView {
    /// What the page shows of a task.
    /// - Parameters:
    ///   - approvals: how many requests of all tasks wait for a person.
    ///   - requests: those that are open.
    init(
        _ head: TaskHead, _ content: TaskPartContent, requests: [RequestView] = [], approvals: Int, now: Timestamp
    ) {
        let task = head.task
        let waits = WaitingPlaces(head)
        self.init(
            row: TaskRowView(task), id: task.id, planName: task.planName, planSummary: head.planSummary,
            startedAt: task.started, endedAt: task.ended,
            calls: CallsView(model: task.modelCalls, tool: task.toolCalls, http: head.httpCalls),
            situation: SituationView(head),
            stations: head.steps.map { step in
                StationView(path: step.path, state: waits.state(DisplayState(step), at: step.path))
            },
            position: task.position, now: now, priority: task.priority, links: TaskLinksView(head),
            costWithChildren: task.costWithChildren, tokensWithChildren: task.tokensWithChildren,
            actions: TaskActionsView(head), requests: requests, approvals: approvals, content: content)
        tags = task.tags
    }
}

extension TaskLinksView {
    fileprivate init(_ head: TaskHead) {
        let task = head.task
        self.init(
            parent: task.parent.map { TaskLinkView(number: $0, step: task.parentStep) },
            rerunOf: task.rerunOf.map { TaskLinkView(number: $0, step: task.rerunFrom) },
            reruns: head.reruns.map { TaskLinkView($0) }, children: head.children.map { TaskLinkView($0) })
    }
}

extension TaskActionsView {
    fileprivate init(_ head: TaskHead) {
        let status = head.task.status
        self.init(
            canCancel: ["queued", "running", "waiting"].contains(status),
            canKill: ["running", "waiting"].contains(status), retryRefusal: Self.retryRefusal(head),
            hasEnded: head.task.ended != nil, isPlanSaved: head.currentPlan != nil,
            isPlanChanged: head.currentPlan.map { $0 != head.task.planHash } ?? false,
            studioStep: head.task.sentenceStep ?? head.steps.first { ["running", "waiting"].contains($0.status) }?.path)
    }

    /// The engine refuses for the same reasons; here they are said before somebody tries.
    private static func retryRefusal(_ head: TaskHead) -> String? {
        let task = head.task
        guard task.status == "failed" else { return "Only a failed task can be retried; this one is \(task.status)." }
        if let parent = task.parent { return "It does the work of a step of task \(parent): retry that one." }
        let hasFailedStep = head.steps.contains { ["failed", "cancelled"].contains($0.status) }
        return hasFailedStep ? nil : "No step has failed: the outputs of the plan cannot be computed."
    }
}

extension SituationView {
    /// What a person has to know first: why it failed, or what it waits for.
    fileprivate init?(_ head: TaskHead) {
        let task = head.task
        switch task.status {
        case "failed":
            let evidence = head.failed.flatMap(FailureView.evidence)
            let isHidden = task.sentenceStep == nil
            self = .failed(
                FailureView(
                    cause: task.failureCause ?? "", sentence: task.sentence ?? "", step: task.sentenceStep,
                    evidence: evidence?.payload, evidenceName: evidence?.name ?? "",
                    input: isHidden ? nil : head.failed?.input.map { PayloadView(value: $0) },
                    code: head.failed.flatMap(FailureView.code)))
        case "waiting":
            let waits = head.waiting.compactMap { WaitView($0, children: head.children) }
            self = .waiting(
                task.waitingReasons.flatMap { reason in waits.filter { $0.reason == reason } })
        case "queued":
            self = .queued(
                QueueView(
                    underWay: head.queue?.underWay ?? [], ahead: head.queue?.ahead ?? 0, since: task.created))
        default: return nil
        }
    }
}

extension FailureView {
    /// What a program or another system said by a number.
    fileprivate static func code(of step: StepDetail) -> String? {
        if let code = step.trace?["exit_code"]?.intValue { return "exit code \(code)" }
        return step.trace?["status"]?.intValue.map { "status \($0)" }
    }

    /// What tells most about the failure of a step: what the program complained of, else what it printed, else
    /// everything that was left of the run.
    fileprivate static func evidence(of step: StepDetail) -> (name: String, payload: PayloadView)? {
        guard let trace = step.trace else { return nil }
        for name in ["stderr", "stdout"] {
            if let text = trace[name]?.stringValue, !text.isEmpty { return (name, .text(text)) }
        }
        return step.kind == "command" ? nil : ("Evidence", .json(trace))
    }
}
