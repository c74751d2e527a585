internal import API
internal import Core
internal import Engine
internal import Runtime
internal import Store

/// Puts the entries of a timeline together from events in order: a call and its result, a question and its decision, a
/// wait and its end become one each.
struct TimelineEntries {
    /// The payload of one event is shown up to that many bytes; what is larger is a line.
    static let payloadBytesMaximum = 1 << 20

    private let task: TaskNumber
    private(set) var entries: [TimelineEntryView] = []
    /// Places of entries that something later belongs to.
    private var calls: [String: (place: Int?, request: ToolRequest)] = [:]
    private var asked: [Int: Int] = [:]
    private var waits: [StepPath: Int] = [:]
    /// What the last agent said of its own work.
    private var summary: String?
    /// The events so far, for the names of calls.
    private var seen: [EventRow] = []

    init(of task: TaskNumber) {
        self.task = task
    }

    /// The names of the tools that were called, sorted.
    var tools: [String] { Set(calls.values.map(\.request.tool)).sorted() }

    /// The steps that something is told of, in the order of their first appearance.
    var steps: [StepPath] {
        var found: Set<StepPath> = []
        return entries.compactMap(\.step).filter { found.insert($0).inserted }
    }

    /// Takes the next event.
    /// - Parameters:
    ///   - event: what it says; nil when it is too large.
    ///   - isShown: whether it belongs to the stretch, or stands before it and only gives names.
    mutating func note(_ row: EventRow, _ event: Event?, isShown: Bool) throws {
        defer { seen.append(row) }
        guard isShown else {
            if case .toolStarted(let step, _, let request)? = event?.body {
                calls[Self.key(step, request.id)] = (nil, request)
            }
            return
        }
        endWait(row)
        switch event?.body {
        case .turnCompleted(_, let run, let turn)?: try add(turn, row, run)
        case .toolStarted(let step, _, let request)?:
            calls[Self.key(step, request.id)] = (entries.count, request)
            append(row, .running, .tool(view(of: ToolCallTrace(request: request, starts: [row.at]), row)))
        case .toolCompleted(let step, let run, let id, let result)?: end(id, result, step, run, row)
        case .decisionRequested(let request)?: ask(request, row)
        case .decisionMade(_, let ordinal, let decision)?: try decide(ordinal, decision, row)
        case .stepWaiting(let step, _, let wait)?:
            waits[step] = entries.count
            append(row, .waiting, .waited(WaitedView(sentence: wait.sentence, moment: wait.until)))
        case .stepCompleted(_, _, let result)?: try complete(result, row)
        case .stepFailed(_, _, let failure, let trace)?: try end(row, failure, trace)
        case .stepRetrying(_, _, let failure, let trace, _)?: try end(row, failure, trace)
        case .iterationFailed(_, let failure)?, .timeoutReached(_, let failure)?: try end(row, failure, nil)
        case .taskCompleted(let outputs)?:
            append(
                row, .completed,
                .result(TaskResultView(sentence: "Task completed", summary: summary, outputs: outputs.names)))
        case .taskFailed(let failure)?:
            append(
                row, .failed,
                .result(
                    TaskResultView(
                        sentence: "Task failed", problem: "\(Format.code(failure.cause.rawValue)): \(failure.message)",
                        summary: summary)))
        case .taskCancelled?: append(row, .cancelled, .result(TaskResultView(sentence: "Task cancelled")))
        default: try addLine(row)
        }
    }

    private static func key(_ step: StepPath, _ call: String) -> String { "\(step.rawValue) \(call)" }

    private mutating func append(_ row: EventRow, _ state: DisplayState?, _ body: TimelineEntryView.Body) {
        entries.append(
            TimelineEntryView(
                position: row.position, at: row.at, step: row.step, run: row.run, state: state, body: body))
    }

    private mutating func addLine(_ row: EventRow) throws {
        let line = try EventView(row, after: seen[...])
        append(row, line.state, .status(line.sentence))
    }

    private mutating func endWait(_ row: EventRow) {
        guard let step = row.step, row.kind != EventKind.decisionRequested.rawValue,
            let place = waits.removeValue(forKey: step), case .waited(var wait) = entries[place].body
        else { return }
        wait.endedAt = row.at
        entries[place].body = .waited(wait)
        entries[place].state = nil
    }
}

extension TimelineEntries {
    private mutating func add(_ turn: Turn, _ row: EventRow, _ run: RunNumber) throws {
        guard let step = row.step else { return }
        let address = RunAddress(task: task, step: step, run: run)
        var view = TurnView(
            TurnTrace(at: row.at, turn: turn, request: TurnRequest(), calls: []), of: address)
        view.path = address.trace
        append(row, nil, .turn(view))
    }

    private func view(of call: ToolCallTrace, _ row: EventRow) -> ToolCallView {
        // The whole of a result that is shown in part only is the event's.
        let address = "/api/tasks/\(task.rawValue)/events?after=\(row.position.rawValue - 1)&limit=1"
        var view = ToolCallView(call, address: address)
        // The marks around data are for models; the trace shows what they were sent.
        switch view.result?.content {
        case .text(let text)?: view.result?.content = .text(MarkedData.unmarked(text))
        case .excerpt(let text, let bytes)?:
            view.result?.content = .excerpt(MarkedData.unmarked(text), totalBytes: bytes)
        default: break
        }
        return view
    }

    private mutating func end(
        _ id: String, _ result: ToolReturn, _ step: StepPath, _ run: RunNumber, _ row: EventRow
    ) {
        let known = calls[Self.key(step, id)]
        let request =
            known?.request
            ?? ToolRequest(id: id, tool: "a tool", arguments: [:])
        var call = ToolCallTrace(request: request, starts: [row.at])
        call.result = result
        call.endedAt = row.at
        let view = view(of: call, row)
        let state: DisplayState = result.isError ? .failed : .completed
        guard let place = known?.place else { return append(row, state, .tool(view)) }
        entries[place].body = .tool(view)
        entries[place].state = state
        calls[Self.key(step, id)] = (nil, request)
    }

    private mutating func ask(_ request: DecisionRequest, _ row: EventRow) {
        asked[request.ordinal] = entries.count
        append(
            row, request.kind == .question ? .paused : .approvalRequired,
            .asked(
                AskedView(
                    id: DecisionRow.id(task: task, ordinal: request.ordinal), kind: request.kind,
                    title: request.title, since: row.at)))
    }

    private mutating func decide(_ ordinal: Int, _ decision: Decision, _ row: EventRow) throws {
        guard let place = asked[ordinal], case .asked(var view) = entries[place].body else { return try addLine(row) }
        view.decidedAt = row.at
        view.words = Self.words(decision, kind: view.kind)
        view.said = decision.values?["answer"]?.stringValue ?? decision.feedback
        entries[place].body = .asked(view)
        entries[place].state = [.approve, .retry].contains(decision.verdict) ? .completed : .cancelled
        // Where many things happened in between it must also be found when it was decided.
        if entries.count - place > 4 { try addLine(row) }
    }

    private static func words(_ decision: Decision, kind: DecisionRequest.Kind) -> String {
        switch decision.verdict {
        case .approve where kind == .inDoubt: "\(decision.decider) said that it is done"
        case .retry where kind == .inDoubt: "\(decision.decider) had it run again"
        case .stop where kind == .inDoubt: "\(decision.decider) said that it has failed"
        case .approve where kind == .budget: "\(decision.decider) raised the limit"
        case .approve where kind == .question: "\(decision.decider) answered"
        case .approve: "\(decision.decider) said yes"
        case .reject: "\(decision.decider) said no"
        case .retry: "\(decision.decider) wants it done again"
        case .stop: "\(decision.decider) stopped the task"
        }
    }

    private mutating func complete(_ result: StepResult, _ row: EventRow) throws {
        if let said = result.trace?["summary"]?.stringValue { summary = said }
        let line = try EventView(row)
        let hasProgram = result.trace?["exit_code"] != nil
        var end = StepEndView(sentence: line.sentence)
        end.take(result.trace)
        if !hasProgram, !result.output.isNull { end.output = PayloadView(value: result.output).excerpt }
        append(row, .completed, .ended(end))
    }

    private mutating func end(_ row: EventRow, _ failure: Failure, _ trace: JSON?) throws {
        let line = try EventView(row)
        var end = StepEndView(
            sentence: line.sentence, problem: "\(Format.code(failure.cause.rawValue)): \(failure.message)")
        end.take(trace)
        append(row, line.state, .ended(end))
    }
}

extension StepEndView {
    /// What a program left behind.
    fileprivate mutating func take(_ trace: JSON?) {
        let text = { (name: String) -> PayloadView? in
            guard let text = trace?[name]?.stringValue, !text.isEmpty else { return nil }
            return PayloadView.text(text).excerpt
        }
        stdout = text("stdout")
        stderr = text("stderr")
        exitCode = trace?["exit_code"]?.intValue.map(Int.init)
    }
}

extension PayloadView {
    /// Shown of one value in a line of the timeline, in characters.
    private static let lineCharactersMaximum = 4_096

    /// As much of it as one entry of a timeline shows.
    fileprivate var excerpt: PayloadView {
        switch content {
        case .text(let text) where text.utf8.count > Self.lineCharactersMaximum:
            return PayloadView(
                .excerpt(text.beginning(bytes: Self.lineCharactersMaximum), totalBytes: text.utf8.count), path: path)
        case .json(let value):
            let text = value.text
            guard text.utf8.count > Self.lineCharactersMaximum else { return self }
            return PayloadView(
                .excerpt(text.beginning(bytes: Self.lineCharactersMaximum), totalBytes: text.utf8.count), path: path)
        default: return self
        }
    }
}
