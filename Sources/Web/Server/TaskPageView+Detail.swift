internal import API
internal import Core
internal import Runtime
internal import Store

extension TaskPageView {
    /// How many of the newest events the timeline shows.
    private static let timelineMaximum = 200

    /// What the page shows of a task.
    init(_ detail: TaskDetail, now: Timestamp) {
        let task = detail.task
        let steps = detail.steps.map { StepView($0, of: task.number) }
        let files = detail.steps.flatMap(\.files).map { FileView($0) }
        self.init(
            row: TaskRowView(task), id: task.id, planName: task.planName, planSummary: detail.planSummary,
            startedAt: task.started, endedAt: task.ended,
            calls: CallsView(model: task.modelCalls, http: detail.steps.count { $0.kind == "http" && $0.row != nil }),
            situation: SituationView(detail),
            input: InputView(values: detail.inputs, files: detail.files.map { FileView($0) }),
            steps: steps,
            outputs: (detail.outputs ?? [:]).map { OutputView(name: $0.name, value: $0.value, of: task.number) },
            files: files, events: detail.events.suffix(Self.timelineMaximum).map { EventView($0) },
            position: max(task.position, detail.events.last?.position ?? .zero), now: now)
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
            self = .waiting(
                detail.steps.compactMap { step in
                    guard let row = step.row, let reason = row.waitingReason, let since = row.waitingSince else {
                        return nil
                    }
                    return WaitView(
                        reason: reason, sentence: step.waitingSentence ?? "Waits.", since: since, step: step.path)
                })
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
