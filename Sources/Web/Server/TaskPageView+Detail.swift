internal import API
internal import Core
internal import Runtime
internal import Store

extension TaskPageView {
    /// How many of the newest events the timeline shows.
    private static let timelineMaximum = 200

    /// What the page shows of a task.
    /// - Parameters:
    ///   - approvals: how many requests of all tasks wait for a person.
    ///   - user: in whose name decisions are made here.
    ///   - run: the step and the run of it whose turns are shown; nil for the latest of each step.
    ///   - part: which part of the page is shown.
    /// - Throws: `SignalboxError` with code `not_found` when the task has no such run.
    init(
        _ detail: TaskDetail, approvals: Int, user: String, run: (step: StepPath, number: RunNumber)? = nil,
        part: TaskPart = .steps, now: Timestamp
    ) throws {
        let task = detail.task
        let chosen = try run.map { run in
            guard detail.steps.first(where: { $0.path == run.step })?.runs.run(run.number) != nil else {
                throw SignalboxError(
                    .notFound,
                    "Step \"\(run.step.rawValue.prefix(64))\" of task \(task.number) has no turns of a run \(run.number)."
                )
            }
            return RunAddress(task: task.number, step: run.step, run: run.number)
        }
        var tree = try StepViewTree(detail, chosen: chosen)
        let files = detail.steps.flatMap(\.files).map { FileView($0) }
        self.init(
            row: TaskRowView(task), id: task.id, planName: task.planName, planSummary: detail.planSummary,
            startedAt: task.started, endedAt: task.ended,
            calls: CallsView(
                model: task.modelCalls, tool: task.toolCalls,
                http: detail.steps.count { $0.kind == "http" && $0.row != nil }),
            situation: SituationView(detail),
            input: InputView(values: detail.inputs, files: detail.files.map { FileView($0) }),
            steps: tree.views(),
            outputs: (detail.outputs ?? [:]).map { OutputView(name: $0.name, value: $0.value, of: task.number) },
            files: files, events: try EventView.timeline(detail.events.suffix(Self.timelineMaximum)),
            position: task.position, now: now, priority: task.priority,
            links: TaskLinksView(detail), costWithChildren: task.costWithChildren, actions: TaskActionsView(detail),
            requests: detail.requests.map { request in
                RequestView(
                    request.row, request.request, request.decision, in: detail.requests.map(\.row), user: user)
            }, approvals: approvals, chosenRun: chosen, part: part)
    }
}

extension TaskLinksView {
    fileprivate init(_ detail: TaskDetail) {
        let task = detail.task
        self.init(
            parent: task.parent.map { TaskLinkView(number: $0, step: task.parentStep) },
            rerunOf: task.rerunOf.map { TaskLinkView(number: $0, step: task.rerunFrom) },
            reruns: detail.reruns.map { TaskLinkView($0) })
    }
}

extension TaskActionsView {
    fileprivate init(_ detail: TaskDetail) {
        let status = detail.task.status
        self.init(
            canCancel: ["queued", "running", "waiting"].contains(status),
            canKill: ["running", "waiting"].contains(status), retryRefusal: Self.retryRefusal(detail))
    }

    /// The engine refuses for the same reasons; here they are said before somebody tries.
    private static func retryRefusal(_ detail: TaskDetail) -> String? {
        let task = detail.task
        guard task.status == "failed" else { return "Only a failed task can be retried; this one is \(task.status)." }
        if let parent = task.parent { return "It does the work of a step of task \(parent): retry that one." }
        let hasFailedStep = detail.steps.contains { $0.depth == 0 && ["failed", "cancelled"].contains($0.status) }
        return hasFailedStep ? nil : "No step has failed: the outputs of the plan cannot be computed."
    }
}

extension SituationView {
    /// What a person has to know first: why it failed, or what it waits for.
    fileprivate init?(_ detail: TaskDetail) {
        let task = detail.task
        switch task.status {
        case "failed":
            let step = detail.steps.first { $0.path == task.sentenceStep }
            let evidence = step.flatMap(FailureView.evidence)
            self = .failed(
                FailureView(
                    cause: task.failureCause ?? "", sentence: task.sentence ?? "", step: task.sentenceStep,
                    evidence: evidence?.payload, evidenceName: evidence?.name ?? ""))
        case "waiting":
            let waits = detail.steps.compactMap { WaitView($0, of: detail) }
            self = .waiting(
                task.waitingReasons.flatMap { reason in waits.filter { $0.reason == reason } })
        case "queued":
            self = .queued(
                QueueView(
                    underWay: detail.queue?.underWay ?? [], ahead: detail.queue?.ahead ?? 0, since: task.created))
        default: return nil
        }
    }
}

extension FailureView {
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

extension FileView {
    init(_ file: TaskFileDetail) {
        let name = Attachment.percentEncoded(file.name.split(separator: "/").last.map(String.init) ?? file.name)
        self.init(name: file.name, bytes: Int(file.size), path: "/api/files/\(file.hash.rawValue)?name=\(name)")
    }
}

extension OutputView {
    init(name: String, value: JSON, of task: TaskNumber) {
        let path = "/tasks/\(task.rawValue)/outputs/\(Attachment.percentEncoded(name))"
        switch value {
        case .string(let text) where Markdown.isLikely(text):
            self.init(
                name: name, payload: PayloadView(.markdown(text), path: path), mediaType: "text/markdown", path: path)
        case .string(let text):
            self.init(name: name, payload: PayloadView(.text(text), path: path), mediaType: "text/plain", path: path)
        default:
            self.init(
                name: name, payload: PayloadView(.json(value), path: path), mediaType: "application/json", path: path)
        }
    }

    /// What it is called when it is kept.
    var fileName: String {
        switch mediaType {
        case "text/markdown": "\(name).md"
        case "text/plain": "\(name).txt"
        default: "\(name).json"
        }
    }
}
