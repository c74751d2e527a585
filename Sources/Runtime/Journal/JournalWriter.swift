internal import Core
internal import Engine
internal import Plans
internal import Store

/// What the journal's thread does with a batch. Not shared: it belongs to that thread.
final class JournalWriter {
    private let store: any JournalStore
    private let payloads: PayloadStore
    private let time: TimeSource
    private let onCommit: (Commit) -> Void
    private var random: any RandomNumberGenerator
    private var nextPosition: Int64
    private var nextNumber: Int64
    /// Machines of tasks that are under way. What is not here is folded from the journal when a command comes.
    private var machines: [TaskNumber: TaskMachine] = [:]
    private var plans = PlanCache()

    /// What others are told once it is durable.
    struct Commit {
        var events: [EventRow] = []
        var actions: [(task: TaskNumber, action: TaskAction)] = []
    }

    /// - Parameter onCommit: called after each commit, before the callers are answered; must not block.
    init(
        store: any JournalStore, payloads: PayloadStore, time: TimeSource, random: any RandomNumberGenerator,
        onCommit: @escaping (Commit) -> Void
    ) throws {
        self.store = store
        self.payloads = payloads
        self.time = time
        self.random = random
        self.onCommit = onCommit
        nextPosition = try store.newestPosition().rawValue + 1
        nextNumber = try store.newestTaskNumber() + 1
    }

    /// The work in hand: what the requests of one batch have led to so far.
    private struct Work {
        var rows = WriteBatch()
        var commit = Commit()
        var answers: [() -> Void] = []
        var failures: [(any Error) -> Void] = []
        /// The tasks that changed, each with its steps that did.
        var touched: [TaskNumber: Set<Int>] = [:]
        var newKeys: [String: RequestKey] = [:]
    }

    /// Handles the requests, commits what they led to as one transaction, then tells everybody.
    func commit(_ requests: [JournalRequest]) {
        let now = time.now
        let firstPosition = nextPosition
        let firstNumber = nextNumber
        var work = Work()
        for request in requests { handle(request, at: now, into: &work) }
        do {
            project(&work)
            if !work.rows.isEmpty { try store.commit(work.rows) }
        } catch {
            // The machines have seen events that did not happen: they are folded anew when the next command comes.
            for task in work.touched.keys { machines[task] = nil }
            nextPosition = firstPosition
            nextNumber = firstNumber
            for fail in work.failures { fail(error) }
            return
        }
        for task in work.touched.keys where machines[task]?.state.isIdle == true { machines[task] = nil }
        onCommit(work.commit)
        for answer in work.answers { answer() }
    }

    private func handle(_ request: JournalRequest, at now: Timestamp, into work: inout Work) {
        do {
            let answer = try carryOut(request.body, at: now, into: &work)
            work.answers.append { request.answer(.success(answer)) }
            work.failures.append { request.answer(.failure($0)) }
        } catch {
            // Refused: nothing of it is in the batch.
            request.answer(.failure(error))
        }
    }

    private func carryOut(
        _ body: JournalRequest.Body, at now: Timestamp, into work: inout Work
    ) throws -> JournalAnswer {
        switch body {
        case .create(let task): return try create(task, at: now, into: &work)
        case .savePlan(let plan):
            work.rows.plans.append(plan)
            return .saved
        case .command(let command, let number):
            try load(number)
            guard let transition = try machines[number]?.handle(command, at: now) else {
                throw SignalboxError(.notFound, "There is no task \(number).")
            }
            try record(transition, of: number, into: &work)
            return .transition(transition)
        }
    }

    private func create(_ task: NewTask, at now: Timestamp, into work: inout Work) throws -> JournalAnswer {
        if let (key, hash) = task.requestKey {
            if let known = try work.newKeys[key] ?? store.requestKey(key) {
                return try repeated(known, requestHash: hash)
            }
        }
        let number = TaskNumber(rawValue: nextNumber)
        let origin = TaskOrigin(
            id: TaskID(at: now, random: &random), number: number, name: task.name, source: task.source,
            trigger: task.trigger, planName: task.plan.name, planHash: task.plan.hash, inputs: task.inputs,
            files: task.files, tags: task.tags, model: task.model, defaultModel: task.defaultModel)
        let (machine, transition) = TaskMachine.create(origin, executing: task.executable, at: now)
        if plans[task.plan.hash] == nil {
            work.rows.plans.append(task.plan)
            plans[task.plan.hash] = task.executable
        }
        nextNumber += 1
        machines[number] = machine
        try record(transition, of: number, into: &work)
        if let (key, hash) = task.requestKey {
            let requestKey = RequestKey(key: key, requestHash: hash, task: number)
            work.newKeys[key] = requestKey
            work.rows.requestKeys.append(requestKey)
        }
        return .created(number, origin.id, isNew: true)
    }

    private func repeated(_ known: RequestKey, requestHash: ContentHash) throws -> JournalAnswer {
        guard known.requestHash == requestHash else {
            throw SignalboxError(
                .conflict, "Another request has used this Idempotency-Key; it made task \(known.task).",
                hint: "Use a new key for each new request.")
        }
        try load(known.task)
        guard let id = machines[known.task]?.state.origin.id else {
            throw SignalboxError(.notFound, "The task \(known.task) that this key made is gone.")
        }
        return .created(known.task, id, isNew: false)
    }

    /// Turns a transition into rows. When a payload cannot be kept, the machine is thrown away: its events did not happen.
    private func record(_ transition: Transition, of task: TaskNumber, into work: inout Work) throws {
        guard let machine = machines[task] else { preconditionFailure("A transition comes from a machine.") }
        var sequence = machine.state.sequence - Int64(transition.events.count)
        var events: [EventRow] = []
        var steps: Set<Int> = []
        do {
            for event in transition.events {
                let entry = event.entry
                sequence += 1
                events.append(
                    EventRow(
                        position: Position(rawValue: nextPosition + Int64(events.count)), task: task,
                        sequence: sequence, at: entry.at, kind: entry.kind.rawValue, step: entry.step, run: entry.run,
                        payload: try payloads.keep(entry.payload)))
                if let step = entry.step, let place = machine.executable.placeByName[step.rawValue] {
                    steps.insert(place)
                }
            }
        } catch {
            machines[task] = nil
            throw error
        }
        nextPosition += Int64(events.count)
        work.rows.events += events
        work.commit.events += events
        work.commit.actions += transition.actions.map { (task, $0) }
        work.touched[task, default: []].formUnion(steps)
    }

    /// The rows that show the new state of every task and step that changed: once for each, however many events it had.
    private func project(_ work: inout Work) {
        for (task, steps) in work.touched {
            guard let machine = machines[task] else { continue }
            let newest = work.rows.events.last { $0.task == task }?.position ?? .zero
            work.rows.tasks.append(TaskRow(projecting: machine, position: newest))
            for place in steps { work.rows.steps.append(StepRow(projecting: machine, place: place)) }
        }
    }

    /// Folds the machine of a task from the journal, unless it is there.
    private func load(_ task: TaskNumber) throws {
        guard machines[task] == nil else { return }
        let events = try store.events(of: task).map { try Event(payloads.entry($0)) }
        guard let first = events.first, case .taskCreated(let origin) = first.body else {
            throw SignalboxError(.notFound, "There is no task \(task).")
        }
        let executable = try plans[origin.planHash] ?? loadPlan(origin.planHash)
        machines[task] = try TaskMachine(folding: events, executing: executable)
    }

    private func loadPlan(_ hash: ContentHash) throws -> ExecutablePlan {
        guard let row = try store.plan(hash) else {
            throw SignalboxError(.storage, "The plan \(hash.short) of a task is not in the database.")
        }
        let executable = ExecutablePlan(try PlanReader.read(row.source))
        plans[hash] = executable
        return executable
    }
}

extension WriteBatch {
    var isEmpty: Bool { events.isEmpty && plans.isEmpty && requestKeys.isEmpty }
}
