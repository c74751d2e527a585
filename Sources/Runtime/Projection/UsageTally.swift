internal import Core
internal import Engine
internal import Plans
internal import Store

extension UsageSums {
    /// Adds what an event says that calls of models have used. Results that were taken over have no turns, and cost nothing
    /// again.
    ///
    /// A call that was cut off counts on the day on which that was found, at a cost that is not known.
    /// A turn counts on the day (UTC) of its answer, for the agent whose step asked, checks for loops too. What it costs
    /// when it is reckoned anew counts on the same day: that is when it was paid.
    mutating func add(_ event: Event, ofPlan plan: String, _ executable: ExecutablePlan) {
        func key(_ step: StepPath, _ model: String, _ time: Timestamp) -> UsageKey {
            UsageKey(
                day: time.dayInUTC, plan: plan, agent: executable.definition(at: step)?.agentName ?? "", model: model)
        }
        switch event.body {
        case .turnCompleted(let step, _, let turn):
            add(
                UsageAmount(
                    calls: 1, usage: turn.usage, cost: turn.cost ?? .zero, unpricedCalls: turn.cost == nil ? 1 : 0),
                to: key(step, turn.model, event.at))
        case .taskRepriced(let repricing):
            for turn in repricing.turns {
                guard let model = turn.model, let time = turn.at else { continue }
                add(
                    UsageAmount(
                        calls: 0, usage: .zero, cost: turn.change.cost, unpricedCalls: Int64(turn.change.unpricedCalls)),
                    to: key(turn.step, model, time))
            }
        default:
            guard let call = event.lostCall, let step = event.entry.step else { return }
            add(
                UsageAmount(calls: 1, usage: .zero, cost: .zero, unpricedCalls: 1), to: key(step, call.model, event.at))
        }
    }
}

/// Adds up what the events of one task say, one after the other, also those of earlier versions: their repricings name
/// turns by number alone, so that their days and models are remembered.
struct UsageTally {
    private(set) var sums = UsageSums()
    private let plan: String
    private let executable: ExecutablePlan
    private var turns: [Run: [Recorded]] = [:]

    private struct Run: Hashable {
        var step: StepPath
        var number: RunNumber
    }

    private struct Recorded {
        var model: String
        var at: Timestamp
    }

    init(plan: String, _ executable: ExecutablePlan) {
        self.plan = plan
        self.executable = executable
    }

    mutating func note(_ event: Event) {
        var event = event
        switch event.body {
        case .turnCompleted(let step, let run, let turn):
            turns[Run(step: step, number: run), default: []].append(Recorded(model: turn.model, at: event.at))
        case .taskRepriced(var repricing):
            for place in repricing.turns.indices where repricing.turns[place].model == nil {
                let turn = repricing.turns[place]
                let run = turns[Run(step: turn.step, number: turn.run)] ?? []
                guard run.indices.contains(turn.turn - 1) else { continue }
                (repricing.turns[place].model, repricing.turns[place].at) =
                    (run[turn.turn - 1].model, run[turn.turn - 1].at)
            }
            event.body = .taskRepriced(repricing)
        case .stepInterrupted, .decisionRequested: break
        default: return
        }
        sums.add(event, ofPlan: plan, executable)
    }
}

extension UsageTally {
    /// The kinds of events that it adds up; all others say nothing of usage.
    static let kinds: [EventKind] = [.turnCompleted, .taskRepriced, .stepInterrupted, .decisionRequested]

    /// What the events of a task in the store have used, and those that are not there yet.
    init(
        of task: TaskRow, in store: any JournalStore, payloads: PayloadStore, plans: PlanLibrary,
        and more: some Sequence<EventRow> = []
    ) throws {
        guard let plan = try store.plan(task.planHash) else { throw Self.noPlan(of: task) }
        self.init(plan: task.planName, try plans.storedPlan(plan.source))
        func note(_ row: EventRow) throws {
            guard Self.kinds.contains(where: { $0.rawValue == row.kind }) else { return }
            self.note(try Event(payloads.entry(row)))
        }
        try store.forEachEvent(of: task.number, note)
        for row in more where row.task == task.number { try note(row) }
    }

    static func noPlan(of task: TaskRow) -> SignalboxError {
        SignalboxError(
            .internal, "The plan \(task.planHash.short) of task \(task.number) is not in the database.")
    }
}

extension StepDefinition {
    /// The agent that the step asks; nil where it asks none.
    fileprivate var agentName: String? {
        switch kind {
        case .agent(let call): call.agent
        case .branch(let branch): branch.chooser?.agent
        default: nil
        }
    }
}

extension Timestamp {
    /// Days after 1970-01-01, in UTC.
    var dayInUTC: Int64 { millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000).quotient }
}
