import Core
import Plans
import Testing

@testable import Engine

/// A task on the bench: commands go in by hand, everything that comes out is kept and can be asserted on.
///
/// After every command the law of the machine is checked (on long walks, only at crashes and at the end): the journal
/// form of all events, written as text and read back, folds into the same state.
struct TestTask {
    private(set) var machine: TaskMachine
    private(set) var events: [Event] = []
    /// What the last command led to.
    private(set) var transition = Transition()
    /// The time of the next command, in milliseconds.
    var clock: Int64 = 1_000
    var checksEveryCommand = true
    /// The children that were asked for.
    private(set) var spawned: [ChildRequest] = []

    /// A task of a plan in YAML.
    init(
        _ text: String, model: String? = nil, defaultModel: String? = nil, inputs: JSONObject = [:],
        changing change: (inout TaskOrigin) -> Void = { _ in }
    ) throws {
        try self.init(try Self.plan(text), model: model, defaultModel: defaultModel, inputs: inputs, changing: change)
    }

    static func plan(_ text: String) throws -> Plan {
        try PlanReader.read(PlanSource(path: "plan.yaml", text: "name: p\n" + text))
    }

    init(
        _ plan: Plan, model: String? = nil, defaultModel: String? = nil, inputs: JSONObject = [:],
        checksEveryCommand: Bool = true, checksEnd: Bool = true, changing change: (inout TaskOrigin) -> Void = { _ in }
    ) throws {
        let id = try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
        var origin = TaskOrigin(
            id: id, number: TaskNumber(rawValue: 7), name: "a task", source: .plan, trigger: .api,
            planName: plan.name, planHash: plan.hash, inputs: inputs, tags: ["x"], model: model,
            defaultModel: defaultModel)
        change(&origin)
        self.checksEveryCommand = checksEveryCommand
        (machine, transition) = TaskMachine.create(
            origin, executing: ExecutablePlan(plan), at: Timestamp(millisecondsSinceEpoch: clock))
        events = transition.events
        try goOn()
        keepRequests()
        if checksEveryCommand || checksEnd && state.status.isFinal { try checkLaw() }
    }

    var state: TaskState { machine.state }

    /// Carries out a command 10 ms after the one before it.
    mutating func handle(_ command: some TaskCommand) throws {
        clock += 10
        transition = try machine.handle(command, at: Timestamp(millisecondsSinceEpoch: clock))
        events += transition.events
        try goOn()
        keepRequests()
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

    private mutating func keepRequests() {
        for case .spawn(let request) in transition.actions { spawned.append(request) }
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

    private func folded() throws -> TaskMachine {
        let entries = try events.map { event in
            var entry = event.entry
            entry.payload = try JSON(parsing: entry.payload.bytes)
            return try Event(entry)
        }
        return try TaskMachine(folding: entries, executing: machine.executable)
    }

    func checkLaw() throws {
        let folded = try folded().facts()
        let live = try machine.facts()
        #expect(folded == live, "\(zip(folded, live).first { $0 != $1 }.map { "\($0) / \($1)" } ?? "")")
    }
}
