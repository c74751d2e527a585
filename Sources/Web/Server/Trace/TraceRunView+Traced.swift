internal import Core
internal import Engine
internal import Runtime

extension TraceRunView {
    /// What the trace shows of a run.
    init(_ run: TracedRun, of traced: TracedStep, in task: TaskNumber) {
        let step = traced.step
        let isLatest = traced.runs.last?.number == run.number
        let path = isLatest && run.output != nil ? StepView.outputPath(step.path, of: task) : nil
        let output = run.output.map { PayloadView(value: $0, path: path) }
        let content = Content(run, of: step, in: task)
        self.init(
            attempt: AttemptView(run, of: traced, in: task),
            failure: run.failure.map { FailureView(cause: $0.cause.rawValue, sentence: $0.message, step: step.path) },
            content: content, output: output, files: run.files.map { FileView($0) },
            sections: TraceSectionView.all(of: run, kind: step.kind))
    }
}

extension TraceRunView.Content {
    /// How many turns and what stands between them are shown of a long run: the latest.
    private static let entriesMaximum = 120

    fileprivate init(_ run: TracedRun, of step: StepDetail, in task: TaskNumber) {
        let input = run.input ?? .null
        switch step.kind {
        case "command": self = .command(CommandView(input, run.trace))
        case "http": self = .http(HTTPCallView(input, response: run.output ?? run.trace))
        case "agent", "branch":
            let address = RunAddress(task: task, step: step.path, run: run.number)
            let all = run.models?.entries ?? []
            let entries = all.suffix(Self.entriesMaximum).map { entry -> TraceEntryView in
                guard case .turn(let turn) = entry else { return .between(AgentEntryView(entry, address: address)) }
                let known = run.models?.knownMessages(of: turn) ?? 0
                return .turn(TraceTurnView(turn, known: known, of: address))
            }
            self = .agent(
                AgentTraceView(
                    agent: input["agent"]?.stringValue ?? "", system: input["system"]?.stringValue,
                    instructions: input["prompt"]?.stringValue, entries: entries, hidden: all.count - entries.count))
        default:
            self = .values(
                input: run.input.map { PayloadView(value: $0) }, trace: run.trace.map { PayloadView(value: $0) })
        }
    }
}

extension TraceTurnView {
    fileprivate init(_ turn: TurnTrace, known: Int, of address: RunAddress) {
        var view = TurnView(turn, of: address)
        view.path = address.turn(turn.number)
        let rates = turn.price?["rates"]
        let usage = turn.turn.usage
        let counts: [(name: String, key: String, count: Int64)] = [
            ("Input", "input", usage.input), ("Cache read", "cache_read", usage.cacheRead),
            ("Cache write", "cache_write", usage.cacheWrite),
            ("Cache write, 1 hour", "cache_write_1h", usage.cacheWriteHour), ("Output", "output", usage.output),
            ("Reasoning, part of the output", "reasoning", usage.reasoning),
            ("Web searches", "web_search", usage.webSearches),
            ("From web searches, part of the input", "web_search_tokens", usage.webSearchTokens),
        ]
        let figures = counts.filter { $0.count > 0 }.map { kind in
            let rate = rates?[kind.key].map { $0.stringValue ?? $0.text }
            let unit = kind.key == "web_search" ? "thousand" : "million"
            return (name: kind.name, count: kind.count, rate: rate.map { "$\($0) a \(unit)" })
        }
        self.init(
            turn: view, address: address, request: ModelRequestView(turn, known: known, of: address),
            figures: turn.isUsageKnown ? figures : [], table: turn.price?["table"]?.stringValue)
    }
}

extension TraceSectionView {
    /// Compared of one text, in bytes.
    private static let textBytesMaximum = 64 << 10

    /// What of a run can be held against another.
    fileprivate static func all(of run: TracedRun, kind: String) -> [TraceSectionView] {
        var sections: [TraceSectionView] = []
        func add(_ title: String, _ value: JSON?) {
            guard let value, !value.isNull else { return }
            let text = value.stringValue ?? value.prettyText
            sections.append(TraceSectionView(title, text.beginning(bytes: textBytesMaximum)))
        }
        let input = run.input ?? .null
        switch kind {
        case "command":
            add("Arguments", input["arguments"])
            add("stdin", input["stdin"])
            add("exit code", run.trace?["exit_code"])
            add("stdout", run.trace?["stdout"])
            add("stderr", run.trace?["stderr"])
        case "agent", "branch":
            add("System prompt", input["system"])
            add("Instructions", input["prompt"])
            for turn in run.models?.turns ?? [] { tell(turn, add) }
        default:
            add("Input", run.input)
            add("Trace", run.trace)
        }
        add("Error", run.failure.map { .string("\(Format.code($0.cause.rawValue)): \($0.message)") })
        add("Output", run.output)
        return sections
    }

    private static func tell(_ turn: TurnTrace, _ add: (String, JSON?) -> Void) {
        let name = "Turn \(turn.number)"
        let texts = turn.turn.response["parts"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        let text = texts.isEmpty ? turn.turn.response["text"]?.stringValue : texts.joined(separator: "\n\n")
        add("\(name): answer", text.map(JSON.string))
        for (place, call) in turn.calls.enumerated() {
            let number = turn.calls.count > 1 ? " \(place + 1)" : ""
            add(
                "\(name): call\(number)",
                .string("\(call.request.tool) \(JSON.object(call.request.arguments).prettyText)"))
            add("\(name): result\(number)", call.result.map { .string($0.text) })
        }
    }
}
