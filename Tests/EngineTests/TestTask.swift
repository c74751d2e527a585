import Core
import Plans
import Testing

@testable import Engine

/// A task on the bench: commands go in by hand, everything that comes out is kept and can be asserted on.
///
/// After every command the law of the machine is checked (on long walks, at every crash and at the end): the journal form
/// of all events, written as text and read back, folds into the same state.
struct TestTask {
    private(set) var machine: TaskMachine
    private(set) var events: [Event] = []
    /// What the last command led to.
    private(set) var transition = Transition()
    /// The time of the next command, in milliseconds.
    var clock: Int64 = 1_000
    var checksEveryCommand = true

    init(_ text: String, model: String? = nil, defaultModel: String? = nil, inputs: JSONObject = [:]) throws {
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: "name: p\n" + text))
        try self.init(plan, model: model, defaultModel: defaultModel, inputs: inputs)
    }

    init(_ plan: Plan, model: String? = nil, defaultModel: String? = nil, inputs: JSONObject = [:]) throws {
        let id = try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
        let origin = TaskOrigin(
            id: id, number: TaskNumber(rawValue: 7), name: "a task", source: .plan, trigger: .api,
            planName: plan.name, planHash: plan.hash, inputs: inputs, tags: ["x"], model: model,
            defaultModel: defaultModel)
        (machine, transition) = TaskMachine.create(
            origin, executing: ExecutablePlan(plan), at: Timestamp(millisecondsSinceEpoch: clock))
        events = transition.events
        try goOn()
        try checkLaw()
    }

    var state: TaskState { machine.state }

    /// Carries out a command 10 ms after the one before it.
    mutating func handle(_ command: some TaskCommand) throws {
        clock += 10
        transition = try machine.handle(command, at: Timestamp(millisecondsSinceEpoch: clock))
        events += transition.events
        try goOn()
        if checksEveryCommand || state.status.isFinal { try checkLaw() }
    }

    /// Does at once what a dispatcher does after the commit: lets the machine compute the rest.
    private mutating func goOn() throws {
        while transition.actions.contains(where: { if case .goOn = $0 { true } else { false } }) {
            transition.actions.removeAll { if case .goOn = $0 { true } else { false } }
            let more = try machine.handle(GoOn(), at: Timestamp(millisecondsSinceEpoch: clock))
            transition.events += more.events
            transition.actions += more.actions
            events += more.events
        }
    }

    mutating func start(_ steps: String...) throws {
        for step in steps { try handle(StartStep(StepPath(rawValue: step))) }
    }

    mutating func complete(_ step: String, run: Int = 1, _ output: JSON = nil) throws {
        try handle(
            FinishStep(StepPath(rawValue: step), RunNumber(rawValue: run), .completed(StepResult(output: output))))
    }

    mutating func fail(_ step: String, run: Int = 1, _ cause: FailureCause = .toolError, _ text: String = "broke")
        throws
    {
        try handle(FinishStep(StepPath(rawValue: step), RunNumber(rawValue: run), .failed(Failure(cause, text))))
    }

    mutating func stop(_ step: String, run: Int = 1) throws {
        try handle(FinishStep(StepPath(rawValue: step), RunNumber(rawValue: run), .stopped()))
    }

    /// The process dies: what is not in the journal is gone.
    mutating func crash() throws {
        try checkLaw()
        machine = try folded()
        transition = Transition()
    }

    mutating func crashAndRecover() throws {
        try crash()
        try handle(Recover())
    }

    func step(_ name: String) throws -> StepState {
        state.steps[try machine.place(of: StepPath(rawValue: name))]
    }

    /// The statuses of the steps, in the order of the plan.
    var statuses: [StepStatus] { state.steps.map(\.status) }

    /// What the last command put into the journal: kind and step of each event.
    var happened: [String] { transition.events.map(\.words) }

    /// What is to be done after the last command.
    var actions: [String] {
        transition.actions.map { action in
            switch action {
            case .dispatch(let step): "dispatch \(step)"
            case .execute(let work): "execute \(work.step) \(work.run)"
            case .goOn: "go on"
            case .stop(let step, let run): "stop \(step) \(run)"
            }
        }
    }

    /// The work that the last command handed out.
    var work: StepWork? {
        transition.actions.lazy.compactMap { action in
            guard case .execute(let work) = action else { return nil }
            return work
        }.first
    }

    /// The outputs of the task as text.
    var outputs: String? { state.outputs.map { JSON.object($0).text } }

    private func folded() throws -> TaskMachine {
        let entries = try events.map { event in
            var entry = event.entry
            entry.payload = try JSON(parsing: entry.payload.bytes)
            return try Event(entry)
        }
        return try TaskMachine(folding: entries, executing: machine.executable)
    }

    private func checkLaw() throws {
        let folded = try folded()
        #expect(folded.state.facts == state.facts)
    }
}

extension Event {
    /// Kind and step, for short assertions.
    var words: String { entry.kind.rawValue + (entry.step.map { " \($0)" } ?? "") }
}

extension TaskState {
    /// Everything that has to be the same after a fold. What was handed to the dispatcher is not: after a restart it is
    /// handed over anew.
    var facts: [String] {
        var facts = steps.map { step in
            var step = step
            step.isDispatched = false
            return "\(step)"
        }
        facts += [
            "\(origin)", "\(created)", "\(String(describing: started))", "\(String(describing: ended))",
            outputs.map { JSON.object($0).text } ?? "no outputs", "\(String(describing: failure))",
            "\(isCancelRequested)", "\(sequence)", "\(lastEventAt)", "\(activeMilliseconds)",
            "\(String(describing: activeSince))", "\(runningSteps)", "\(waitingSteps)", "\(finishedSteps)",
            "\(skippedSteps)", "\(String(describing: result))", JSON.object(stepsScope).text,
        ]
        return facts
    }
}
