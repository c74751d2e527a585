internal import Core
internal import Runtime

/// What an opened step shows.
enum StepContents: Sendable {
    static func render(_ step: StepView, id: String, now: Timestamp) -> HTML {
        var pieces: [HTML] = []
        if let summary = step.summary { pieces.append("<p class=\"summary\">\(NamedText.render(summary))</p>") }
        if let verdict = step.verdict { pieces.append(Self.verdict(verdict)) }
        // What failed inside says it itself.
        let isTold = step.children.contains { $0.failure?.sentence == step.failure?.sentence }
        if let failure = step.failure, !isTold { pieces.append(error(failure, id: id)) }
        if let wait = step.wait { pieces.append(WaitBlock.render(wait, now: now)) }
        // While it waits for its task, that says it.
        if let child = step.child, step.wait == nil { pieces.append(Self.child(child)) }
        if let task = step.reusedFrom { pieces.append(reused(from: task, step.path)) }
        if let choice = step.choice { pieces.append(ConditionBlock.render(choice)) }
        if let explanation = step.explanation {
            let heading = step.state == .skipped ? "Why it was skipped" : "Why this path"
            pieces.append(ConditionBlock.render(explanation, heading: heading))
        } else if let condition = step.condition, step.state == .skipped {
            pieces.append(skipped(condition))
        }
        pieces.append(AttemptList.render(step.attempts, now: now))
        pieces.append(
            PayloadBlock.render(step.input, id: "\(id)-input", name: "Input", isFolded: step.kind == "for_each"))
        switch step.detail {
        case .command(let command): pieces.append(CommandDetail.render(command, id: id))
        case .http(let call): pieces.append(HTTPCallDetail.render(call, id: id))
        case .agent(let call): pieces.append(AgentCallDetail.render(call, id: id))
        case nil: break
        }
        pieces.append(
            PayloadBlock.render(step.output, id: "\(id)-output", name: "Output", isFolded: !step.children.isEmpty))
        if !step.files.isEmpty { pieces.append(FileList.render(step.files, heading: "Files")) }
        if let trace = step.trace { pieces.append(traceLink(trace)) }
        let content = HTML(pieces)
        let actions = step.actions.map { StepActions.render($0, kind: step.kind) }
        guard content.bytes.isEmpty, let reason = nothing(step) else { return "\(content)\(actions)" }
        return "<p class=\"dim\">\(reason)</p>\(actions)"
    }

    private static func traceLink(_ path: String) -> HTML {
        "<p><a class=\"button\" href=\"\(Address.own(path))\" data-trace>Trace: all on record</a></p>"
    }

    /// The agent's own word; nothing where it only says that it is done.
    private static func verdict(_ verdict: AgentVerdict) -> HTML {
        let word =
            switch verdict.status {
            case "silent": "Nothing to tell"
            case "failed": "It says that it has failed"
            case "question": "It asks"
            default: "Summary"
            }
        guard let summary = verdict.summary else {
            return verdict.status == "silent" ? "<p class=\"summary\"><b>\(word)</b></p>" : .empty
        }
        return "<p class=\"summary\"><b>\(word):</b> \(NamedText.render(summary))</p>"
    }

    private static func error(_ failure: FailureView, id: String) -> HTML {
        """
        <div class="error"><h3>Error</h3><p><b>\(NamedText.render(Format.code(failure.cause)))</b>: \
        \(NamedText.render(failure.sentence))</p>\
        \(PayloadBlock.render(failure.evidence, id: "\(id)-evidence", name: "Evidence"))</div>
        """
    }

    private static func child(_ link: TaskLinkView) -> HTML {
        let cost: HTML = link.cost == .none ? .empty : "<span class=\"dim\">cost \(Parts.cost(link.cost))</span>"
        return "<div class=\"child\"><h3>Its own task</h3><p>\(Parts.task(link)) \(cost)</p></div>"
    }

    private static func reused(from task: TaskNumber, _ step: StepPath) -> HTML {
        """
        <p class="dim">Not run again: its output is that of \
        <a href="\(StepAddress(task: task, step: step).onTaskPage)">task \(task.description)</a>, and costs nothing here.</p>
        """
    }

    private static func skipped(_ condition: String) -> HTML {
        """
        <div class="condition"><h3>Condition</h3><p>Skipped because this was not true:</p>\
        <pre>\(NamedText.render(condition))</pre></div>
        """
    }

    /// Why there is nothing to show; nil where what stands in the step says enough.
    private static func nothing(_ step: StepView) -> String? {
        switch step.state {
        case .queued: "This step has not started yet."
        case .running: "This step is at work; what it reads and writes appears here."
        case .skipped: "This step was skipped."
        case .cancelled: "This step was cancelled before it started."
        default:
            ["for_each", "iteration", "branch", "path"].contains(step.kind)
                ? nil : "Nothing was recorded for this step."
        }
    }
}

/// A program that ran: arguments, streams and exit code.
enum CommandDetail: Sendable {
    /// - Parameter isOpen: whether nothing is folded.
    static func render(_ command: CommandView, id: String, isOpen: Bool = false) -> HTML {
        """
        <div class="payload"><div class="payload-head"><h3>Command</h3>\(exit(command.exitCode))\
        \(Parts.copyButton(element: "\(id)-command", what: "the command"))</div>\
        <pre class="argv" id="\(id)-command">\(NamedText.render(line(of: command.arguments)))</pre></div>\
        \(PayloadBlock.render(command.stdin, id: "\(id)-stdin", name: "stdin", isFolded: !isOpen))\
        \(PayloadBlock.render(command.stdout, id: "\(id)-stdout", name: "stdout"))\
        \(PayloadBlock.render(command.stderr, id: "\(id)-stderr", name: "stderr"))
        """
    }

    private static func exit(_ code: Int?) -> HTML {
        guard let code else { return .empty }
        return "<span class=\"label\(code == 0 ? "" : " bad")\">exit code \(code)</span>"
    }

    /// The arguments in one line, as a POSIX shell reads them back.
    static func line(of arguments: [String]) -> String { arguments.map(quoted).joined(separator: " ") }

    private static func quoted(_ argument: String) -> String {
        let isPlain = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "%+,-./:=@_".utf8.contains(byte)
        }
        if !argument.isEmpty, argument.utf8.allSatisfy(isPlain) { return argument }
        return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}

/// A request and its answer.
enum HTTPCallDetail: Sendable {
    /// - Parameter isOpen: whether nothing is folded.
    static func render(_ call: HTTPCallView, id: String, isOpen: Bool = false) -> HTML {
        """
        <div class="payload"><div class="payload-head"><h3>Request</h3>\(status(call.status))</div>\
        <pre class="argv" id="\(id)-request">\(NamedText.render("\(call.method) \(call.url)"))</pre></div>\
        \(PayloadBlock.render(call.requestBody, id: "\(id)-request-body", name: "Request body", isFolded: !isOpen))\
        \(headers(call.responseHeaders, id: id, isOpen: isOpen))\
        \(PayloadBlock.render(call.responseBody, id: "\(id)-response-body", name: "Response body"))
        """
    }

    private static func status(_ status: Int?) -> HTML {
        guard let status else { return .empty }
        return "<span class=\"label\((200..<400).contains(status) ? "" : " bad")\">status \(status)</span>"
    }

    private static func headers(_ headers: JSONObject, id: String, isOpen: Bool) -> HTML {
        guard !headers.isEmpty else { return .empty }
        return PayloadBlock.render(
            .json(.object(headers)), id: "\(id)-response-headers", name: "Response headers", isFolded: !isOpen)
    }
}

/// A call of an agent: what it was told and what it answered.
enum AgentCallDetail: Sendable {
    static func render(_ call: AgentCallView, id: String) -> HTML {
        """
        <dl class="pairs"><dt>Agent</dt><dd>\(NamedText.render(call.agent))</dd>\(model(call.model))</dl>\
        \(text(call.system, id: "\(id)-system", name: "System prompt", isFolded: true))\
        \(text(call.prompt, id: "\(id)-prompt", name: "Prompt", isFolded: true))\
        \(TurnList.render(call.entries, id: id, run: call.run))\
        \(answer(call, id: "\(id)-answer"))
        """
    }

    private static func model(_ model: ModelView?) -> HTML {
        guard let model else { return .empty }
        return "<dt>Model</dt><dd>\(Parts.model(model))</dd>"
    }

    private static func text(_ text: String?, id: String, name: String, isFolded: Bool) -> HTML {
        PayloadBlock.render(text.map(PayloadView.text), id: id, name: name, isFolded: isFolded)
    }

    private static func answer(_ call: AgentCallView, id: String) -> HTML {
        // The turns say it where there are some.
        guard call.entries.isEmpty, let answer = call.answer else { return .empty }
        let name = call.isStreaming ? "Answer so far" : "Answer"
        return PayloadBlock.render(.markdown(answer), id: id, name: name)
    }
}
