internal import API
internal import Core
internal import Engine
internal import Runtime
internal import Store

extension StepView {
    /// What the page shows of a step, iteration or path of a task, without what stands in it.
    /// - Parameter run: the run whose turns are shown; nil for the latest.
    init(_ step: StepDetail, in context: StepContext, run: RunNumber?) {
        let row = step.row
        let failure = row.flatMap { row in
            row.failureCause.map { FailureView(cause: $0, sentence: row.failureMessage ?? "", step: step.path) }
        }
        let state = context.waits.state(DisplayState(step), at: step.path)
        let wait = WaitView(step, children: context.children)
        self.init(
            path: step.path, kind: step.kind, summary: step.summary, state: state,
            reason: wait?.sentence ?? Self.reason(step), condition: step.condition, duration: DurationView(row),
            tokens: row.flatMap { $0.usage == .zero ? nil : TokensView($0.usage) },
            cost: row.map { CostView($0) } ?? .none,
            runs: row?.runs ?? 0, preview: row?.preview, input: Self.input(step),
            detail: StepDetailView(step, in: context.task.number, run: run),
            output: step.output.map {
                PayloadView(made: $0, path: Self.outputPath(step.path, of: context.task.number))
            },
            files: step.files.map { FileView($0) },
            // What will be tried again has not failed yet.
            failure: step.status == "failed" ? failure : nil, wait: wait, loop: LoopView(step),
            explanation: step.status == "skipped" ? ConditionView(step.reason) : nil,
            pathsNotTaken: step.pathsNotTaken.map { name in
                UntakenPathView(path: step.path.appending(name), condition: step.condition(ofPath: name[...]))
            },
            reusedFrom: row?.isReused == true ? context.task.rerunOf : nil,
            child: row?.childTask.map { number in
                context.children.first { $0.number == number }.map { TaskLinkView($0) } ?? TaskLinkView(number: number)
            })
        verdict = step.verdict
        // What is only computed is not run, and leaves nothing beside its output.
        if (row?.runs ?? 0) > 0, !step.isContainer || step.kind == "branch" {
            trace = RunAddress.traces(of: step.path, in: context.task.number)
        }
        doer = step.doer
    }
}

extension StepView {
    private static func reason(_ step: StepDetail) -> String? {
        guard step.status == "skipped", let condition = step.condition else { return nil }
        return "Its condition was not true: \(condition)"
    }

    /// What it was given, where nothing else of the page says it.
    private static func input(_ step: StepDetail) -> PayloadView? {
        switch step.kind {
        case "command", "http", "agent", "branch": nil
        default: step.input.map { PayloadView(value: $0) }
        }
    }

    /// Where the output of a step can be loaded whole.
    static func outputPath(_ step: StepPath, of task: TaskNumber) -> String {
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

    /// What a step has made: Markdown as it is meant.
    fileprivate init(made value: JSON, path: String) {
        guard case .string(let text) = value, Markdown.isLikely(text) else {
            self.init(value: value, path: path)
            return
        }
        self.init(.markdown(text), path: path)
    }
}

extension StepDetailView {
    fileprivate init?(_ step: StepDetail, in task: TaskNumber, run number: RunNumber?) {
        guard let input = step.input else { return nil }
        let trace = step.trace
        switch step.kind {
        case "command":
            self = .command(CommandView(input, trace))
        case "http":
            self = .http(HTTPCallView(input, response: step.output ?? trace))
        case "agent", "branch":
            let run = number.map { step.runs.run($0) } ?? step.runs.runs.last
            self = .agent(
                AgentCallView(
                    agent: input["agent"]?.stringValue ?? "",
                    model: input["model"]?.stringValue.map { ModelView(name: $0) },
                    system: input["system"]?.stringValue, prompt: input["prompt"]?.stringValue,
                    answer: run?.turns.last?.turn.response["text"]?.stringValue,
                    run: step.runs.runs.count > 1 ? run?.run : nil,
                    entries: run.map { AgentEntryView.entries(of: $0, step: step.path, in: task) } ?? []))
        default: return nil
        }
    }
}

extension LoopView {
    init?(_ step: StepDetail) {
        guard step.kind == "for_each", let row = step.row, let finished = row.iterationsFinished else { return nil }
        self.init(
            total: row.iterationsTotal, finished: finished, failed: row.iterationsFailed ?? 0,
            hidden: step.hiddenIterations)
    }
}

extension CommandView {
    /// - Parameter trace: what the program has left behind; nil while it runs.
    init(_ input: JSON, _ trace: JSON?) {
        self.init(
            arguments: input["arguments"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            stdin: input["stdin"].map { PayloadView(value: $0) },
            stdout: trace?["stdout"].map { PayloadView(value: $0) },
            stderr: trace?["stderr"].map { PayloadView(value: $0) },
            exitCode: trace?["exit_code"]?.intValue.map(Int.init))
    }
}

extension HTTPCallView {
    /// - Parameter response: nil until it is answered.
    init(_ input: JSON, response: JSON?) {
        self.init(
            method: input["method"]?.stringValue ?? "", url: input["url"]?.stringValue ?? "",
            requestBody: input["body"].map { PayloadView(value: $0) },
            status: response?["status"]?.intValue.map(Int.init),
            responseHeaders: response?["headers"]?.objectValue ?? [:],
            responseBody: response?["body"].map { PayloadView(value: $0) })
    }
}
