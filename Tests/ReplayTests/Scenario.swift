import Core
import Engine
import Plans
import Testing

/// A task and what happens to it, from which a journal is recorded.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    let plan: String
    var origin: @Sendable (inout TaskOrigin) -> Void = { _ in }
    let script: @Sendable (inout Stage) throws -> Void

    var testDescription: String { name }

    func play() throws -> Stage {
        var stage = try Stage(PlanReader.read(PlanSource(path: "plan.yaml", text: plan)), origin)
        try script(&stage)
        return stage
    }
}

/// A task on which a scenario is played, a second for each command.
struct Stage {
    private(set) var machine: TaskMachine
    private(set) var events: [Event]
    private var clock: Int64 = 1_763_000_000_000

    init(_ plan: Plan, _ change: (inout TaskOrigin) -> Void) throws {
        let id = try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
        var origin = TaskOrigin(
            id: id, number: TaskNumber(rawValue: 7), name: "a task", source: .plan, trigger: .cli,
            planName: plan.name, planHash: plan.hash, inputs: ["n": 3, "who": "Ada"], tags: ["x"])
        change(&origin)
        let transition: Transition
        (machine, transition) = TaskMachine.create(
            origin, executing: ExecutablePlan(plan), at: Timestamp(millisecondsSinceEpoch: clock))
        events = transition.events
    }

    mutating func handle(_ command: some TaskCommand, after milliseconds: Int64 = 1_000) throws {
        clock += milliseconds
        events += try machine.handle(command, at: Timestamp(millisecondsSinceEpoch: clock)).events
    }

    mutating func start(_ step: String) throws { try handle(StartStep(StepPath(rawValue: step))) }

    mutating func finish(_ step: String, run: Int = 1, _ outcome: StepOutcome) throws {
        try handle(FinishStep(StepPath(rawValue: step), RunNumber(rawValue: run), outcome))
    }

    mutating func run(_ step: String, run: Int = 1, _ output: JSON = nil) throws {
        try start(step)
        try finish(step, run: run, .completed(StepResult(output: output, trace: ["exit_code": 0])))
    }

    mutating func fail(_ step: String, run: Int = 1, _ cause: FailureCause = .toolError) throws {
        try start(step)
        try finish(step, run: run, .failed(Failure(cause, "It broke."), trace: ["exit_code": 1]))
    }

    mutating func turn(_ step: String, run: Int = 1, says text: String) throws {
        let turn = Turn(
            model: "test/m", usage: TokenUsage(input: 90, output: 10), stopReason: "stop", durationMilliseconds: 400,
            request: ["prompt": "hi"], response: ["text": .string(text)])
        try handle(RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: run), turn))
    }

    mutating func decide(
        _ ordinal: Int, _ verdict: Verdict, edits: JSON? = nil, feedback: String? = nil
    ) throws {
        try handle(Decide(ordinal, Decision(verdict, edits: edits, feedback: feedback, by: "ada")))
    }

    /// The process dies and another one takes the task up.
    mutating func crash() throws {
        machine = try TaskMachine(folding: events, executing: machine.executable)
        try handle(Recover(), after: 60_000)
    }

    /// The next time comes at which something happens by itself.
    mutating func wakeUp() throws {
        let time = try #require(machine.state.nextWake).millisecondsSinceEpoch
        try handle(WakeUp(), after: max(1, time - clock))
    }
}
