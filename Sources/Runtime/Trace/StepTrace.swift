public import Core
public import Engine

/// What the runs of one step asked of models and tools, put together from its events.
public struct StepTrace: Sendable {
    /// Oldest first.
    public private(set) var runs: [RunTrace] = []
    /// What was said in the run in hand, as messages to a model.
    private var conversation = TurnRequest()
    /// The calls of tools that were begun since the run was begun, or went on.
    private var begun: Set<String> = []
    /// Requests to people that are open, by ordinal, with the place of the entry if they are one.
    private var open: [Int: RequestPlace] = [:]

    private enum RequestPlace {
        case entry(run: Int, place: Int)
        case call(run: Int, entry: Int, call: Int, decision: Int)
    }

    public init() {}

    /// The run of that number.
    public func run(_ number: RunNumber) -> RunTrace? { runs.last { $0.run == number } }

    /// Takes an event of the step, or one that tells what turns of it cost, in the order of the journal.
    public mutating func note(_ event: Event, of step: StepPath) {
        switch event.body {
        case .stepStarted(_, let run, _):
            runs.append(RunTrace(run: run, startedAt: event.at))
            conversation = TurnRequest()
            begun = []
        case .stepResumed:
            begun = []
            append(.resumed(event.at))
        case .stepInterrupted(_, _, let lost): append(.interrupted(event.at, lost))
        case .turnCompleted(_, _, let turn): add(turn, at: event.at)
        case .toolStarted(_, _, let request):
            begun.insert(request.id)
            changeCall(request.id) {
                $0.request = request
                $0.starts.append(event.at)
            }
        case .toolCompleted(_, _, let call, let result): end(call, result, at: event.at)
        case .agentNoticed(_, _, let text, _):
            append(.notice(event.at, text))
            say(["text": .string("[Signalbox] " + text)])
        case .decisionRequested(let request):
            if isInterrupted(by: request) { append(.interrupted(event.at, request.lostCall)) }
            ask(request)
        case .decisionMade(_, let ordinal, let decision): decide(ordinal, decision, at: event.at)
        case .stepCompleted, .stepFailed, .stepRetrying, .stepCancelled:
            guard !runs.isEmpty else { return }
            runs[runs.count - 1].endedAt = event.at
            runs[runs.count - 1].ending = event.entry.kind
        case .taskRepriced(let repricing): reprice(repricing, at: event.at, of: step)
        default: break
        }
    }

    /// Whether the server stopped in the middle of the run, and a person is asked at once what has happened. Of further
    /// calls that were cut off with the first one it is asked later, when the run has gone on.
    private func isInterrupted(by request: DecisionRequest) -> Bool {
        guard request.kind == .inDoubt, let run = runs.last, run.endedAt == nil, request.run == run.run else {
            return false
        }
        return request.call.map(begun.contains) ?? true
    }

    private mutating func append(_ entry: RunTrace.Entry) {
        guard !runs.isEmpty else { return }
        runs[runs.count - 1].entries.append(entry)
    }

    private mutating func add(_ turn: Turn, at time: Timestamp) {
        guard !runs.isEmpty else { return }
        var request = TurnRequest()
        if turn.purpose == nil {
            if let messages = turn.request["messages"]?.arrayValue {
                conversation.system = turn.request["system"]?.stringValue
                conversation.messages = messages
                conversation.tools = turn.request["tools"]
                conversation.parameters = turn.request["parameters"]
            }
            request = conversation
            // Only what is other than in the first request of the run.
            if turn.request["messages"] == nil, let changed = turn.request["parameters"]?.objectValue {
                var parameters = request.parameters?.objectValue ?? [:]
                for (name, value) in changed { parameters[name] = value }
                request.parameters = .object(parameters)
            }
        } else {
            request.messages = turn.request["messages"]?.arrayValue ?? []
        }
        request.trimmed = turn.request["trimmed"]
        request.unavailable = turn.request["unavailable"]?.arrayValue?.compactMap(\.stringValue) ?? []
        request.messageCount = turn.request["message_count"]?.intValue.map(Int.init)
        let number = runs[runs.count - 1].turns.count + 1
        append(
            .turn(
                TurnTrace(
                    number: number, at: time, turn: turn, request: request,
                    calls: turn.calls.map { ToolCallTrace(request: $0) })))
        guard turn.purpose == nil else { return }
        let parts = turn.response["parts"] ?? [["text": turn.response["text"] ?? ""]]
        conversation.messages.append(["role": "assistant", "parts": parts])
    }

    private mutating func end(_ call: String, _ result: ToolReturn, at time: Timestamp) {
        var name = ""
        changeCall(call) {
            $0.result = result
            $0.endedAt = time
            name = $0.request.tool
        }
        var told: JSONObject = ["call": .string(call), "name": .string(name), "parts": result.parts]
        if result.isError { told["error"] = true }
        say(["tool_result": .object(told)])
    }

    /// Providers want the sides to take turns: what comes between two answers is one message.
    private mutating func say(_ part: JSON) {
        if let last = conversation.messages.last, conversation.messages.count > 1,
            last["role"]?.stringValue == "user", let parts = last["parts"]?.arrayValue
        {
            conversation.messages[conversation.messages.count - 1] = ["role": "user", "parts": .array(parts + [part])]
        } else {
            conversation.messages.append(["role": "user", "parts": .array([part])])
        }
    }

    /// Changes the latest call of that id: ids are unique within a turn only.
    private mutating func changeCall(_ id: String, _ change: (inout ToolCallTrace) -> Void) {
        guard let (run, entry, call) = place(of: id), case .turn(var turn) = runs[run].entries[entry] else { return }
        change(&turn.calls[call])
        runs[run].entries[entry] = .turn(turn)
    }

    private func place(of id: String) -> (run: Int, entry: Int, call: Int)? {
        guard let run = runs.indices.last else { return nil }
        for entry in runs[run].entries.indices.reversed() {
            guard case .turn(let turn) = runs[run].entries[entry],
                let call = turn.calls.lastIndex(where: { $0.request.id == id })
            else { continue }
            return (run, entry, call)
        }
        return nil
    }

    private mutating func ask(_ request: DecisionRequest) {
        let question = CallDecision(request: request)
        if let id = request.call, let (run, entry, call) = place(of: id),
            case .turn(var turn) = runs[run].entries[entry]
        {
            turn.calls[call].decisions.append(question)
            open[request.ordinal] = .call(
                run: run, entry: entry, call: call, decision: turn.calls[call].decisions.count - 1)
            runs[run].entries[entry] = .turn(turn)
        } else if let run = runs.indices.last {
            append(.decision(question))
            open[request.ordinal] = .entry(run: run, place: runs[run].entries.count - 1)
        }
    }

    private mutating func decide(_ ordinal: Int, _ decision: Decision, at time: Timestamp) {
        switch open.removeValue(forKey: ordinal) {
        case .call(let run, let entry, let call, let place)?:
            guard case .turn(var turn) = runs[run].entries[entry] else { return }
            turn.calls[call].decisions[place].decision = decision
            turn.calls[call].decisions[place].decidedAt = time
            runs[run].entries[entry] = .turn(turn)
        case .entry(let run, let place)?:
            guard case .decision(var question) = runs[run].entries[place] else { return }
            question.decision = decision
            question.decidedAt = time
            runs[run].entries[place] = .decision(question)
            if question.request.kind == .question { say(["text": .string(decision.answer)]) }
        case nil: break
        }
    }

    private mutating func reprice(_ repricing: TaskRepricing, at time: Timestamp, of step: StepPath) {
        for repriced in repricing.turns where repriced.step == step {
            guard let run = runs.lastIndex(where: { $0.run == repriced.run }) else { continue }
            for place in runs[run].entries.indices {
                guard case .turn(var turn) = runs[run].entries[place], turn.number == repriced.turn else { continue }
                turn.repricing = TurnRepricing(
                    at: time, by: repricing.by, table: repricing.table, before: turn.turn.cost, after: repriced.after,
                    price: repriced.price)
                runs[run].entries[place] = .turn(turn)
            }
        }
    }
}
