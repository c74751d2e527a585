import Core
import Plans
import Testing

@testable import Engine

/// What people, executors and clocks say to a task, in short words.
extension TestTask {
    mutating func start(_ steps: String...) throws {
        for step in steps { try handle(StartStep(StepPath(rawValue: step))) }
    }

    mutating func complete(_ step: String, run: Int = 1, _ output: JSON = nil) throws {
        try finish(step, run: run, .completed(StepResult(output: output)))
    }

    mutating func fail(_ step: String, run: Int = 1, _ cause: FailureCause = .toolError, _ text: String = "broke")
        throws
    {
        try finish(step, run: run, .failed(Failure(cause, text)))
    }

    mutating func stop(_ step: String, run: Int = 1) throws { try finish(step, run: run, .stopped()) }

    mutating func finish(_ step: String, run: Int = 1, _ outcome: StepOutcome) throws {
        try handle(FinishStep(StepPath(rawValue: step), RunNumber(rawValue: run), outcome))
    }

    /// Starts a step and completes it.
    mutating func run(_ step: String, run: Int = 1, _ output: JSON = nil) throws {
        try start(step)
        try complete(step, run: run, output)
    }

    /// The clock stands at the next time at which something happens by itself.
    mutating func wakeUp() throws {
        let time = try #require(state.nextWake)
        clock = max(clock, time.millisecondsSinceEpoch - 10)
        try handle(WakeUp())
    }

    /// Decides about the first request.
    mutating func decide(
        _ verdict: Verdict, edits: JSON? = nil, values: JSON? = nil, feedback: String? = nil, by decider: String = "ada"
    ) throws {
        try decide(1, verdict, edits: edits, values: values, feedback: feedback, by: decider)
    }

    mutating func decide(
        _ ordinal: Int, _ verdict: Verdict, edits: JSON? = nil, values: JSON? = nil, feedback: String? = nil,
        by decider: String = "ada"
    ) throws {
        try handle(
            Decide(ordinal, Decision(verdict, edits: edits, values: values, feedback: feedback, by: decider)))
    }

    mutating func turn(
        _ step: String, run: Int = 1, tokens: Int64 = 100, says text: String = "hm", model: String = "script/m",
        cost: Money? = nil
    ) throws {
        let turn = Turn(
            model: model, usage: TokenUsage(input: tokens), stopReason: "stop", durationMilliseconds: 5, cost: cost,
            request: nil, response: ["text": .string(text)])
        try handle(RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: run), turn))
    }

    /// The model of an agent wants tools to be called.
    mutating func turn(
        _ step: String, run: Int = 1, calls: [ToolRequest], tokens: Int64 = 100, cost: Money? = nil,
        told tools: JSON? = nil,
        outcome: StepOutcome? = nil, looks: [String: ToolReturn] = [:]
    ) throws {
        let turn = Turn(
            model: "script/m", usage: TokenUsage(input: tokens), stopReason: "tool_use", durationMilliseconds: 5,
            cost: cost, request: tools.map { ["tools": $0] } ?? .null, response: ["text": "hm"], calls: calls)
        try handle(
            RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: run), turn, outcome: outcome, looks: looks))
    }

    /// The first request of a run has been put together.
    mutating func size(_ step: String, run: Int = 1, bytes: Int) throws {
        try handle(SizeRequest(StepPath(rawValue: step), RunNumber(rawValue: run), bytes: bytes))
    }

    mutating func answer(
        _ step: String, run: Int = 1, call: String, _ text: String = "done", isError: Bool = false
    ) throws {
        try handle(
            FinishTool(
                StepPath(rawValue: step), RunNumber(rawValue: run), call: call,
                ToolReturn(text: text, isError: isError)))
    }

    /// A child with that number, as `ChildStarted` and `ChildEnded` name it.
    func child(_ number: Int64, deadline: Timestamp? = nil) throws -> ChildTask {
        ChildTask(
            number: TaskNumber(rawValue: number), id: try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fax")),
            planName: "child", planHash: ContentHash(of: Array("child".utf8)), deadline: deadline)
    }

    mutating func startChild(_ number: Int64, for step: String, run: Int = 1, deadline: Timestamp? = nil) throws {
        try handle(
            ChildStarted(
                StepPath(rawValue: step), RunNumber(rawValue: run), try child(number, deadline: deadline)))
    }

    mutating func endChild(
        _ number: Int64, for step: String, run: Int = 1, _ ending: ChildEnded.Ending, spending: Spending = .zero
    ) throws {
        try handle(
            ChildEnded(
                StepPath(rawValue: step), RunNumber(rawValue: run), try child(number), ending, spending: spending))
    }

    func step(_ path: String) throws -> StepState { try #require(machine.step(at: StepPath(rawValue: path))) }

    /// The statuses of the steps, in the order of the plan.
    var statuses: [StepStatus] { state.steps.map(\.status) }

    /// What the last command put into the journal: kind and step of each event.
    var happened: [String] { transition.events.map(\.words) }

    /// What is to be done after the last command.
    var actions: [String] { transition.actions.map(\.words) }

    /// The work that the last command handed out.
    var work: StepWork? {
        for case .execute(let work) in transition.actions { return work }
        return nil
    }

    /// What the agent is told that the last command has called.
    var agentCall: StepWork.Agent? {
        guard case .agent(let agent)? = work?.call else { return nil }
        return agent
    }

    /// The outputs of the task as text.
    var outputs: String? { state.outputs.map { JSON.object($0).text } }

    /// The payload of the last event of that kind.
    func payload(_ kind: EventKind) -> JSON? { events.last { $0.entry.kind == kind }?.entry.payload }
}

extension Event {
    /// Kind and step, for short assertions.
    var words: String { entry.kind.rawValue + (entry.step.map { " \($0)" } ?? "") }
}

extension AgentOrder {
    /// What is to be done, for short assertions.
    var words: String {
        switch self {
        case .askModel: "ask"
        case .callTools(let calls, _): "call " + calls.map(\.id).joined(separator: " ")
        case .checkLoop: "check"
        case .rest: "rest"
        }
    }
}

extension TaskAction {
    /// What is to be done, for short assertions.
    var words: String {
        switch self {
        case .dispatch(let step): "dispatch \(step)"
        case .execute(let work): "execute \(work.step) \(work.run)"
        case .agent(let step, let run, let order): "agent \(step) \(run): \(order.words)"
        case .goOn: "go on"
        case .stop(let step, let run): "stop \(step) \(run)"
        case .kill(let step, let run): "kill \(step) \(run)"
        case .spawn(let request): "spawn \(request.step) \(request.run)"
        case .cancelChild(let child): "cancel child \(child)"
        case .killChild(let child): "kill child \(child)"
        case .raiseParent(let limits, let name): "raise parent to \(limits.json.text) by \(name)"
        case .awaitSignal(let step, let name, let key): "await \(step) \(name)/\(key)"
        case .forgetSignal(let step): "forget \(step)"
        }
    }
}
