internal import API
internal import Core
internal import Runtime
internal import Store

extension StepView {
    /// What the page shows of a step of that task.
    init(_ step: StepDetail, of task: TaskNumber) {
        let row = step.row
        let failure = row.flatMap { row in
            row.failureCause.map { FailureView(cause: $0, sentence: row.failureMessage ?? "", step: step.path) }
        }
        self.init(
            path: step.path, kind: step.kind, summary: step.summary,
            state: DisplayState(step: step.status, waitingReason: row?.waitingReason), reason: Self.reason(step),
            condition: step.condition, duration: DurationView(row),
            tokens: row.flatMap { $0.models.isEmpty ? nil : TokensView($0.usage) }, runs: row?.runs ?? 0,
            preview: row?.preview, input: nil, detail: StepDetailView(step),
            output: step.output.map { PayloadView(value: $0, path: Self.outputPath(step.path, of: task)) },
            files: step.files.map { FileView($0) }, failure: failure)
    }
}

extension StepView {
    private static func reason(_ step: StepDetail) -> String? {
        if let sentence = step.waitingSentence { return sentence }
        guard step.status == "skipped", let condition = step.condition else { return nil }
        return "Its condition was not true: \(condition)"
    }

    /// Where the output of a step can be loaded whole.
    private static func outputPath(_ step: StepPath, of task: TaskNumber) -> String {
        "/tasks/\(task.rawValue)/steps/\(Attachment.percentEncoded(step.rawValue))/output"
    }
}

extension PayloadView {
    /// A value as it is: text as text.
    /// - Parameter path: where all of it can be loaded.
    init(value: JSON, path: String? = nil) {
        guard case .string(let text) = value else {
            self.init(.json(value), path: path)
            return
        }
        self.init(.text(text), path: path)
    }
}

extension StepDetailView {
    fileprivate init?(_ step: StepDetail) {
        guard let input = step.input else { return nil }
        let trace = step.trace
        switch step.kind {
        case "command":
            self = .command(
                CommandView(
                    arguments: input["arguments"]?.arrayValue?.compactMap(\.stringValue) ?? [],
                    stdin: input["stdin"].map { PayloadView(value: $0) },
                    stdout: trace?["stdout"].map { PayloadView(value: $0) },
                    stderr: trace?["stderr"].map { PayloadView(value: $0) },
                    exitCode: trace?["exit_code"]?.intValue.map(Int.init)))
        case "http":
            let response = step.output ?? trace
            self = .http(
                HTTPCallView(
                    method: input["method"]?.stringValue ?? "", url: input["url"]?.stringValue ?? "",
                    requestBody: input["body"].map { PayloadView(value: $0) },
                    status: response?["status"]?.intValue.map(Int.init),
                    responseHeaders: response?["headers"]?.objectValue ?? [:],
                    responseBody: response?["body"].map { PayloadView(value: $0) }))
        case "agent":
            self = .agent(
                AgentCallView(
                    agent: input["agent"]?.stringValue ?? "",
                    model: input["model"]?.stringValue.map { ModelView(name: $0) },
                    system: input["system"]?.stringValue, prompt: input["prompt"]?.stringValue,
                    answer: step.turns.last?["response"]?["text"]?.stringValue))
        default: return nil
        }
    }
}
