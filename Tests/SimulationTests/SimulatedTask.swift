import Core
import Plans

@testable import Engine

/// A task with its journal, and what is checked after each of its commits.
struct SimulatedTask {
    let plan: RandomPlan
    /// The path of the step of the first task that it does the work of, with a slash behind it.
    let scope: String
    private(set) var machine: TaskMachine
    private(set) var journal: [Event]
    private(set) var ledger = Ledger()
    private var recount: Recount
    private var owed: [TaskAction]
    /// Whether it has just begun or ended.
    var hasNews = true

    init(_ origin: TaskOrigin, _ plan: RandomPlan, _ ready: ExecutablePlan, scope: String, at time: Timestamp) throws {
        self.plan = plan
        self.scope = scope
        let (machine, transition) = TaskMachine.create(origin, executing: ready, at: time)
        self.machine = machine
        journal = []
        recount = Recount(ready)
        owed = transition.actions
        try record(transition.events)
    }

    var state: TaskState { machine.state }

    /// What its creation asked for, once.
    mutating func takeOwed() -> [TaskAction] {
        defer { owed = [] }
        return owed
    }

    mutating func handle(_ command: any TaskCommand, at time: Timestamp) throws -> [TaskAction] {
        let before = machine.state.status
        let transition = try machine.handle(command, at: time)
        try record(transition.events)
        if machine.state.status != before, machine.state.status.isFinal { hasNews = true }
        return transition.actions
    }

    private mutating func record(_ events: [Event]) throws {
        for event in events {
            try ledger.record(event, of: machine)
            recount.record(event, of: machine)
        }
        journal += events
        var spending = machine.state.spending
        spending.toolCalls = 0
        guard recount.spending == spending else {
            throw Ledger.Violation(
                sentence: "\(spending) is spent, and a recount says \(recount.spending), after "
                    + "\(events.map(\.words))")
        }
        let progress = machine.state.progress
        guard progress.total == recount.total, progress.finished == recount.finished else {
            throw Ledger.Violation(
                sentence: "\(progress.finished) of \(progress.total) steps have ended, and a recount says "
                    + "\(recount.finished) of \(recount.total), after \(events.map(\.words))")
        }
        guard machine.state.reserved.tokens >= 0, machine.state.runningSteps >= 0, machine.state.dispatchedSteps >= 0
        else { throw Ledger.Violation(sentence: "a counter is negative after \(events.map(\.words))") }
    }

    /// After a whole commit: a step that has asked for a child runs only until the child is there.
    func checkBounds() throws {
        if let bound = machine.executable.plan.limits.parallelSteps, machine.state.runningSteps > bound {
            throw Ledger.Violation(sentence: "\(machine.state.runningSteps) steps run at once")
        }
    }

    /// The machine is thrown away: what is in the journal, as text and read back, is all that is known, and it must be
    /// the same.
    mutating func refold() throws {
        let folded = try folded()
        let (before, after) = (try machine.facts(), try folded.facts())
        machine = folded
        guard before != after else { return }
        let difference = zip(after, before).first { $0 != $1 }.map { "folded: \($0)\n  live: \($1)" } ?? "their number"
        throw Ledger.Violation(sentence: "the journal folds into another state: \(difference)")
    }

    /// The process that held it is gone.
    mutating func restart() throws {
        try refold()
        owed = []
        hasNews = false
    }

    private func folded() throws -> TaskMachine {
        let events = try journal.map { event in
            var entry = event.entry
            entry.payload = try JSON(parsing: entry.payload.bytes)
            return try Event(entry)
        }
        return try TaskMachine(folding: events, executing: machine.executable)
    }

    /// As its parent names it.
    func child(until deadline: Timestamp?) -> ChildTask {
        ChildTask(
            number: state.origin.number, id: state.origin.id, planName: state.origin.planName,
            planHash: state.origin.planHash, deadline: deadline)
    }

    /// What its parent is told when it has ended.
    var ending: ChildEnded.Ending? {
        switch state.status {
        case .completed: .completed(outputs: state.outputs ?? [:])
        case .failed: .failed(state.failure ?? Failure(.toolError, "It failed."))
        case .cancelled: .cancelled
        case .queued, .running, .waiting: nil
        }
    }

    /// Its plan and its journal, for whoever looks into a seed.
    var story: String {
        plan.text
            + journal.map { "\($0.at.millisecondsSinceEpoch) \($0.words) \($0.entry.payload.text.prefix(160))\n" }
            .joined()
    }
}

extension TaskState {
    /// The outputs as text, without the times that waits hand over.
    var timeless: String {
        JSON.object(outputs ?? [:]).text.split(separator: "waited_until\":").map { part in
            part.hasPrefix("\"") ? String(part.drop { $0 != "Z" }) : String(part)
        }.joined()
    }
}
