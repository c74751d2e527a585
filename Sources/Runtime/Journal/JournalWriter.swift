internal import Core
internal import Engine
internal import Store

/// What the journal's thread does with a batch: it decides what the requests lead to, and hands that on to be stored.
/// While a batch is being stored the next one is decided already, on machines that have seen the first; if the first is
/// refused, both are taken back. Not shared: it belongs to that thread.
final class JournalWriter {
    /// How long a commit goes on with what tasks have to compute: about as long as it takes itself on a slow disk.
    private static let computingTimeMaximum = Duration.milliseconds(5)

    let payloads: PayloadStore
    let plans: PlanLibrary
    let defaultModel: String?
    let agents: AgentSettings
    let pricing: (any ModelPricing)?
    let time: TimeSource
    let onCommit: (Commit) -> Void
    let onRefusal: (any Error) -> Void
    let storing: Storing
    var random: any RandomNumberGenerator
    var nextPosition: Int64
    var nextNumber: Int64
    var nextKeptSignal: Int64
    /// Tasks that are under way, and a few others that are long to fold. What is not here is folded from the journal when a
    /// command comes.
    var tasks: [TaskNumber: TaskProjector] = [:]
    /// Those others: they wait, or have ended.
    var idleTasks = IdleTasks()
    /// The clocks of tasks that were thrown away because a commit was refused, until they are folded anew.
    var clocks: [TaskNumber: TaskClock] = [:]
    /// Versions of plans that are in the store for certain.
    var storedPlans: Set<ContentHash> = []
    /// Who may run beside whom.
    var admission: Admission

    /// What is stored. The journal reads it only while nothing is being written, so that it sees what was written last.
    var store: any JournalStore { storing.store }

    /// What others are told once it is durable.
    struct Commit {
        var rows = WriteBatch()
        /// In the order of their positions.
        var events: [EventRow] {
            guard !rows.deletionNews.isEmpty else { return rows.events }
            return (rows.events + rows.deletionNews).sorted { $0.position < $1.position }
        }
        var actions: [(task: TaskNumber, priority: Int, action: TaskAction)] = []
        /// The tasks that others have started, each behind the one that started it.
        var children: [(task: TaskNumber, parent: TaskNumber)] = []
        /// The earliest time at which something happens by itself in the tasks that changed.
        var nextWake: Timestamp?
    }

    /// - Parameters:
    ///   - defaultModel: for the agents of child tasks that name none.
    ///   - agents: what the settings say of agents, for the tasks that are made.
    ///   - pricing: what model calls can cost at most; nil for the shipped prices.
    ///   - lane: where commits are carried out.
    ///   - onCommit: called after each commit, in the lane, before the callers are answered; must not block.
    ///   - onRefusal: called when a commit fails, before the callers are told; must not block.
    init(
        store: any JournalStore, payloads: PayloadStore, plans: PlanLibrary, time: TimeSource,
        random: any RandomNumberGenerator, defaultModel: String? = nil, agents: AgentSettings = AgentSettings(),
        pricing: (any ModelPricing)? = nil, lane: any CommitLane = CallerLane(),
        onCommit: @escaping (Commit) -> Void, onRefusal: @escaping (any Error) -> Void = { _ in }
    ) throws {
        storing = Storing(store, in: lane)
        self.payloads = payloads
        self.plans = plans
        self.time = time
        self.random = random
        self.defaultModel = defaultModel
        self.agents = agents
        self.pricing = pricing
        self.onCommit = onCommit
        self.onRefusal = onRefusal
        nextPosition = try store.newestPosition().rawValue + 1
        nextNumber = try store.newestTaskNumber() + 1
        nextKeptSignal = try store.newestKeptSignal() + 1
        admission = Admission(try store.admissions())
    }

    /// The work in hand: what the requests of one batch have led to so far.
    struct Work {
        var now: Timestamp
        /// `TimeSource.lead` at that time.
        var lead: Int64
        var rows = WriteBatch()
        var commit = Commit()
        var answers: [() -> Void] = []
        var failures: [(any Error) -> Void] = []
        /// The tasks that were looked at; those that are idle need not be kept at hand.
        var loaded: Set<TaskNumber> = []
        /// Those of them that had ended when they were looked at.
        var ended: Set<TaskNumber> = []
        /// The tasks that have events.
        var changed: Set<TaskNumber> = []
        /// Rows of steps and requests, the newest of each.
        var steps: [TaskNumber: [StepPath: StepRow]] = [:]
        var decisions: [String: DecisionRow] = [:]
        /// What calls of models have used, together for each day, plan, agent and model.
        var usage = UsageSums()
        var newKeys: [String: RequestKey] = [:]
        var newPlans: Set<ContentHash> = []
        var takenSignals: Set<Int64> = []
        /// Tasks that have more to compute.
        var goingOn: [TaskNumber] = []
        var changesAdmission = false
        /// The clocks of tasks whose time leapt, as they were before.
        var clocksBefore: [TaskNumber: TaskClock] = [:]
        /// A payload could not be kept, or the store not be asked, so nothing of the batch may be committed.
        var failure: (any Error)?

        func isDeleted(_ task: TaskNumber) -> Bool { rows.deletions.contains { $0.number == task } }
    }

    /// Lets tasks that have more to compute do so within the same commit, as long as others need not wait long for it.
    func goOn(_ work: inout Work) {
        guard !work.goingOn.isEmpty else { return }
        let start = ContinuousClock.now
        while let task = work.goingOn.first, ContinuousClock.now - start < Self.computingTimeMaximum {
            work.goingOn.removeFirst()
            do {
                _ = try handle(GoOn(), for: task, into: &work)
            } catch {
                work.failure = work.failure ?? error
            }
        }
        for task in work.goingOn { work.commit.actions.append((task, 0, .goOn)) }
    }

    func handle(_ request: JournalRequest, into work: inout Work) {
        do {
            let answer = try carryOut(request.body, into: &work)
            work.answers.append { request.answer(.success(answer)) }
            work.failures.append { request.answer(.failure($0)) }
        } catch {
            // Refused: nothing of it is in the batch. Told after the commit all the same, for the reason may lie in what
            // the batch did before.
            work.answers.append { request.answer(.failure(error)) }
            work.failures.append { _ in request.answer(.failure(error)) }
        }
    }

    private func carryOut(_ body: JournalRequest.Body, into work: inout Work) throws -> JournalAnswer {
        switch body {
        case .create(let task): return .created(try create(task, into: &work))
        case .repetition(let key, let hash):
            return .repetition(try repetition(of: key, requestHash: hash, into: &work))
        case .savePlan(let plan, let condition, let bringsBack):
            return .kept(try save(plan, if: condition, bringsBack: bringsBack, into: &work))
        case .changePlan(let name, let change, let condition):
            try self.change(name, change, if: condition, into: &work)
            return .done
        case .publishApp(let app, let condition):
            return .kept(try publish(app, if: condition, into: &work) ? .new : .unchanged)
        case .archiveApp(let name, let time, let condition):
            try archiveApp(name, at: time, if: condition, into: &work)
            return .done
        case .remember(let memory):
            try remember(memory, into: &work)
            return .done
        case .forget(let agent, let name):
            try forget(name, of: agent, into: &work)
            return .done
        case .saveAgent(let agent, let condition):
            return .kept(try save(agent, if: condition, into: &work))
        case .archiveAgent(let name, let isUndone, let condition):
            try archiveAgent(name, undo: isUndone, if: condition, into: &work)
            return .done
        case .saveView(let view, let condition):
            return .saved(isReplaced: try save(view, if: condition, into: &work))
        case .deleteView(let name, let condition):
            try deleteView(name, if: condition, into: &work)
            return .done
        case .command(let command, let number): return .transition(try handle(command, for: number, into: &work))
        case .signal(let name, let key, let payload):
            return .signalled(try deliver(payload, name: name, key: key, into: &work))
        case .delete(let number, let name, let usage):
            try delete(number, by: name, knowing: usage, into: &work)
            return .done
        case .queue(let number):
            let key = try store.task(number)?.concurrencyKey
            return .queue(key.flatMap { admission.queue(of: number, key: $0) })
        case .removeUnusedBlobs:
            preconditionFailure("Files are removed apart from the batch.")
        }
    }

    /// Reads the queues again from the store: what was counted did not happen.
    func forgetAdmission(because refusal: any Error) {
        do {
            admission = Admission(try store.admissions())
        } catch {
            onRefusal(refusal)
        }
    }

    /// The rows that show the new state of every task and step that changed: once for each, however many events it had.
    func project(_ work: inout Work) {
        for number in work.changed {
            guard let task = tasks[number] else { continue }
            let row = task.taskRow
            work.rows.tasks.append(row)
            if let text = task.newText() { work.rows.texts.append(text) }
            if let wake = row.wakeAt { work.commit.nextWake = min(work.commit.nextWake ?? wake, wake) }
        }
        for rows in work.steps.values { work.rows.steps += rows.values }
        work.rows.decisions += work.decisions.values
        work.rows.usage = work.usage.rows
    }
}

extension WriteBatch {
    var isEmpty: Bool {
        events.isEmpty && plans.isEmpty && requestKeys.isEmpty && keptSignals.isEmpty && deletions.isEmpty
            && memories.isEmpty && memoriesForgotten.isEmpty && agents.isEmpty && agentsArchived.isEmpty
            && views.isEmpty && viewsDeleted.isEmpty
            && savedPlans.isEmpty && apps.isEmpty
    }
}
