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
        let steps = detail.steps.map(StepView.init)
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
            let trace = detail.steps.first { $0.path == task.sentenceStep }?.trace
            self = .failed(
                FailureView(
                    cause: task.failureCause ?? "", sentence: task.sentence ?? "", step: task.sentenceStep,
                    evidence: trace.map(PayloadView.json)))
        case "waiting":
            self = .waiting(
                detail.steps.compactMap { step in
                    guard let row = step.row, let reason = row.waitingReason, let since = row.waitingSince else {
                        return nil
                    }
                    return WaitView(
                        reason: reason, sentence: task.sentence ?? "Waits.", since: since, step: step.path)
                })
        default: return nil
        }
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
            self.init(name: name, payload: .markdown(text), mediaType: "text/markdown", path: path)
        case .string(let text):
            self.init(name: name, payload: .text(text), mediaType: "text/plain", path: path)
        default:
            self.init(name: name, payload: .json(value), mediaType: "application/json", path: path)
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
