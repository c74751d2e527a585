internal import Core
internal import Engine
internal import Store

/// What the journal's thread does with a batch. Not shared: it belongs to that thread.
final class JournalWriter {
    private static let storedPlansMaximum = 10_000

    private let store: any JournalStore
    private let payloads: PayloadStore
    private let time: TimeSource
    private let onCommit: (Commit) -> Void
    private let onRefusal: (any Error) -> Void
    private var random: any RandomNumberGenerator
    private var nextPosition: Int64
    private var nextNumber: Int64
    /// Machines of tasks that are under way. What is not here is folded from the journal when a command comes.
    private var machines: [TaskNumber: TaskMachine] = [:]
    private let plans: PlanLibrary
    /// Versions of plans that are in the store for certain.
    private var storedPlans: Set<ContentHash> = []

    /// What others are told once it is durable.
    struct Commit {
        var events: [EventRow] = []
        var actions: [(task: TaskNumber, action: TaskAction)] = []
    }

    /// - Parameters:
    ///   - onCommit: called after each commit, before the callers are answered; must not block.
    ///   - onRefusal: called when a commit fails, before the callers are told; must not block.
    init(
        store: any JournalStore, payloads: PayloadStore, plans: PlanLibrary, time: TimeSource,
        random: any RandomNumberGenerator,
        onCommit: @escaping (Commit) -> Void, onRefusal: @escaping (any Error) -> Void = { _ in }
    ) throws {
        self.store = store
        self.payloads = payloads
        self.plans = plans
        self.time = time
        self.random = random
        self.onCommit = onCommit
        self.onRefusal = onRefusal
        nextPosition = try store.newestPosition().rawValue + 1
        nextNumber = try store.newestTaskNumber() + 1
    }

    /// What changed of a task: the places of steps, and the position of its newest event.
    private struct Touched {
        var steps: Set<Int> = []
        var newest = Position.zero
    }

    /// The work in hand: what the requests of one batch have led to so far.
    private struct Work {
        var rows = WriteBatch()
        var commit = Commit()
        var answers: [() -> Void] = []
        var failures: [(any Error) -> Void] = []
        var touched: [TaskNumber: Touched] = [:]
        /// The tasks whose machines were looked at; those that are idle need not be kept at hand.
        var loaded: Set<TaskNumber> = []
        var newKeys: [String: RequestKey] = [:]
        var newPlans: Set<ContentHash> = []
        /// A payload could not be kept, so nothing of the batch may be committed.
        var failure: (any Error)?
    }

    /// Handles the requests, commits what they led to as one transaction, then tells everybody.
    func commit(_ requests: [JournalRequest]) {
        let now = time.now
        let firstPosition = nextPosition
        let firstNumber = nextNumber
        var work = Work()
        for request in requests { handle(request, at: now, into: &work) }
        do {
            if let failure = work.failure { throw failure }
            project(&work)
            if !work.rows.isEmpty { try store.commit(work.rows) }
        } catch {
            // The machines have seen events that did not happen: they are folded anew when the next command comes.
            for task in work.loaded { machines[task] = nil }
            nextPosition = firstPosition
            nextNumber = firstNumber
            // One of them may be to blame alone, such as the one with the payload that the disk has no room for.
            if requests.count > 1 {
                for request in requests { commit([request]) }
                return
            }
            onRefusal(error)
            for fail in work.failures { fail(error) }
            return
        }
        if storedPlans.count > Self.storedPlansMaximum { storedPlans.removeAll() }
        storedPlans.formUnion(work.newPlans)
        for task in work.loaded where machines[task]?.state.isIdle == true { machines[task] = nil }
        work.commit.events = work.rows.events
        onCommit(work.commit)
        for answer in work.answers { answer() }
    }

    private func handle(_ request: JournalRequest, at now: Timestamp, into work: inout Work) {
        do {
            let answer = try carryOut(request.body, at: now, into: &work)
            work.answers.append { request.answer(.success(answer)) }
            work.failures.append { request.answer(.failure($0)) }
        } catch {
            // Refused: nothing of it is in the batch. Told after the commit all the same, for the reason may lie in what
            // the batch did before.
            work.answers.append { request.answer(.failure(error)) }
            work.failures.append { _ in request.answer(.failure(error)) }
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
            try load(number, into: &work)
            guard let transition = try machines[number]?.handle(command, at: now) else {
                throw SignalboxError(.notFound, "There is no task \(number).")
            }
            record(transition, of: number, into: &work)
            return .transition(transition)
        }
    }

    private func create(_ task: NewTask, at now: Timestamp, into work: inout Work) throws -> JournalAnswer {
        if let (key, hash) = task.requestKey {
            if let known = try work.newKeys[key] ?? store.requestKey(key) {
                return try repeated(known, requestHash: hash, into: &work)
            }
        }
        let number = TaskNumber(rawValue: nextNumber)
        let before = Position(rawValue: nextPosition - 1)
        let origin = TaskOrigin(
            id: TaskID(at: now, random: &random), number: number, name: task.name, source: task.source,
            trigger: task.trigger, planName: task.plan.name, planHash: task.plan.hash, inputs: task.inputs,
            files: task.files, tags: task.tags, model: task.model, defaultModel: task.defaultModel)
        let (machine, transition) = TaskMachine.create(origin, executing: task.executable, at: now)
        if !storedPlans.contains(task.plan.hash) {
            work.rows.plans.append(task.plan)
            work.newPlans.insert(task.plan.hash)
        }
        nextNumber += 1
        machines[number] = machine
        work.loaded.insert(number)
        record(transition, of: number, into: &work)
        if let (key, hash) = task.requestKey {
            let requestKey = RequestKey(key: key, requestHash: hash, task: number)
            work.newKeys[key] = requestKey
            work.rows.requestKeys.append(requestKey)
        }
        return .created(Runtime.Receipt(number: number, id: origin.id, position: before, isNew: true))
    }

    private func repeated(
        _ known: RequestKey, requestHash: ContentHash, into work: inout Work
    ) throws -> JournalAnswer {
        guard known.requestHash == requestHash else {
            throw SignalboxError(
                .conflict, "Another request has used this Idempotency-Key; it made task \(known.task).",
                hint: "Use a new key for each new request.")
        }
        try load(known.task, into: &work)
        guard let id = machines[known.task]?.state.origin.id else {
            throw SignalboxError(.notFound, "The task \(known.task) that this key made is gone.")
        }
        return .created(Runtime.Receipt(number: known.task, id: id, position: .zero, isNew: false))
    }

    /// Turns a transition into rows.
    private func record(_ transition: Transition, of task: TaskNumber, into work: inout Work) {
        // Recovery may find a step that was handed out but had not begun: an action without an event.
        work.commit.actions += transition.actions.map { (task, $0) }
        guard !transition.events.isEmpty else { return }
        guard let machine = machines[task] else { preconditionFailure("A transition comes from a machine.") }
        var sequence = machine.state.sequence - Int64(transition.events.count)
        var touched = work.touched[task] ?? Touched()
        for event in transition.events {
            let entry = event.entry
            sequence += 1
            do {
                work.rows.events.append(
                    EventRow(
                        position: Position(rawValue: nextPosition), task: task, sequence: sequence, at: entry.at,
                        kind: entry.kind.rawValue, step: entry.step, run: entry.run,
                        payload: try payloads.keep(entry.payload)))
            } catch {
                work.failure = error
            }
            touched.newest = Position(rawValue: nextPosition)
            nextPosition += 1
            if let step = entry.step, let place = machine.executable.placeByName[step.rawValue] {
                touched.steps.insert(place)
            }
        }
        work.touched[task] = touched
    }

    /// The rows that show the new state of every task and step that changed: once for each, however many events it had.
    private func project(_ work: inout Work) {
        for (task, touched) in work.touched {
            guard let machine = machines[task] else { continue }
            work.rows.tasks.append(TaskRow(projecting: machine, position: touched.newest))
            for place in touched.steps { work.rows.steps.append(StepRow(projecting: machine, place: place)) }
        }
    }

    /// Folds the machine of a task from the journal, unless it is there.
    private func load(_ task: TaskNumber, into work: inout Work) throws {
        work.loaded.insert(task)
        guard machines[task] == nil else { return }
        let events = try store.events(of: task).map { try Event(payloads.entry($0)) }
        guard let first = events.first, case .taskCreated(let origin) = first.body else {
            throw SignalboxError(.notFound, "There is no task \(task).")
        }
        guard let plan = try store.plan(origin.planHash) else {
            throw SignalboxError(.storage, "The plan \(origin.planHash.short) of task \(task) is not in the database.")
        }
        machines[task] = try TaskMachine(folding: events, executing: try plans.plan(plan.source))
    }
}

extension WriteBatch {
    var isEmpty: Bool { events.isEmpty && plans.isEmpty && requestKeys.isEmpty }
}
