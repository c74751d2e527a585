internal import Core
internal import Engine
internal import Store

/// Tasks that are made, loaded and given commands.
extension JournalWriter {
    func create(_ task: NewTask, into work: inout Work) throws -> Runtime.Receipt {
        if let (key, hash) = task.requestKey, let made = try repetition(of: key, requestHash: hash, into: &work) {
            return made
        }
        let before = Position(rawValue: nextPosition - 1)
        let number = takeNumber()
        let origin = task.origin(id: TaskID(at: work.now, random: &random), number: number, agents: agents)
        begin(origin, task, into: &work)
        if let (key, hash) = task.requestKey {
            let requestKey = RequestKey(key: key, requestHash: hash, task: number)
            work.newKeys[key] = requestKey
            work.rows.requestKeys.append(requestKey)
        }
        return Runtime.Receipt(number: number, id: origin.id, position: before, isNew: true)
    }

    func takeNumber() -> TaskNumber {
        defer { nextNumber += 1 }
        return TaskNumber(rawValue: nextNumber)
    }

    /// Makes the machine of a new task, and does what follows from its first transition.
    /// - Parameter report: called between the creation and all that follows from it.
    func begin(
        _ origin: TaskOrigin, _ task: NewTask, into work: inout Work, report: (inout Work) -> Void = { _ in }
    ) {
        let number = origin.number
        keep(task.plan, into: &work)
        let (machine, transition) = TaskMachine.create(
            origin, executing: task.executable, at: work.now, pricing: pricing)
        tasks[number] = TaskProjector(machine, position: Position(rawValue: nextPosition), lead: work.lead)
        work.loaded.insert(number)
        record(transition, of: number, into: &work)
        report(&work)
        if let group = origin.concurrency {
            work.changesAdmission = true
            admission.add(number, key: group.key, priority: origin.priority, maximum: group.maximum)
            admitNext(key: group.key, into: &work)
        }
        follow(transition, of: number, into: &work)
    }

    private func keep(_ plan: PlanRow, into work: inout Work) {
        guard !storedPlans.contains(plan.hash), work.newPlans.insert(plan.hash).inserted else { return }
        work.rows.plans.append(plan)
    }

    /// Lets a task handle a command, and does what follows from that.
    func handle(_ command: any TaskCommand, for number: TaskNumber, into work: inout Work) throws -> Transition {
        try load(number, into: &work)
        guard let task = tasks[number] else { throw SignalboxError(.notFound, "There is no task \(number).") }
        let clock = task.clock
        let leap = task.clock.leap(to: work.lead)
        if leap > 0 {
            if work.clocksBefore[number] == nil { work.clocksBefore[number] = clock }
            record(try task.machine.handle(SkipTime(milliseconds: leap), at: work.now), of: number, into: &work)
        }
        let transition = try task.machine.handle(command, at: work.now)
        record(transition, of: number, into: &work)
        follow(transition, of: number, into: &work)
        return transition
    }

    /// The task that an earlier request with that key has made; nil when none has used it.
    /// - Parameter requestHash: of what is asked for now; nil where the key alone says what that is.
    /// - Throws: `SignalboxError` with code `conflict` when it was another request, `gone` when its task was deleted: the
    ///   work has been done, and must not be done again.
    func repetition(
        of key: String, requestHash: ContentHash?, into work: inout Work
    ) throws -> Runtime.Receipt? {
        guard let known = try work.newKeys[key] ?? store.requestKey(key) else { return nil }
        guard requestHash == nil || known.requestHash == requestHash else {
            throw SignalboxError(
                .conflict, "Another request has used this Idempotency-Key; it made task \(known.task).",
                hint: "Use a new key for each new request.")
        }
        do {
            try load(known.task, into: &work)
        } catch let error as SignalboxError where error.code == .notFound {
            throw SignalboxError(
                .gone, "Task \(known.task), which an earlier request with this Idempotency-Key made, was deleted.",
                hint: "Use a new key to do the work once more.")
        }
        guard let id = tasks[known.task]?.machine.state.origin.id else {
            preconditionFailure("Task \(known.task) was loaded.")
        }
        return Runtime.Receipt(number: known.task, id: id, position: .zero, isNew: false)
    }

    /// Folds the machine of a task from the journal, unless it is there.
    func load(_ number: TaskNumber, into work: inout Work) throws {
        work.loaded.insert(number)
        if let task = tasks[number] {
            // What the clock has gained while the task waited is no leap of its own time, as if it were folded now.
            if idleTasks.contains(number) { task.clock = TaskClock(lead: work.lead) }
            if task.machine.state.status.isFinal { work.ended.insert(number) }
            return
        }
        // It stands in the store until this batch is committed.
        guard !work.isDeleted(number) else { throw SignalboxError(.notFound, "There is no task \(number).") }
        var projector: TaskProjector?
        try store.forEachEvent(of: number) { row in
            let event = try Event(payloads.entry(row))
            if projector == nil {
                projector = try TaskProjector(
                    beginningWith: event, at: row.position, in: store, plans: plans, pricing: pricing)
            } else {
                projector?.machine.fold(event)
            }
            projector?.note(event, at: row.position)
        }
        guard let projector else { throw SignalboxError(.notFound, "There is no task \(number).") }
        projector.clock = clocks.removeValue(forKey: number) ?? TaskClock(lead: work.lead)
        tasks[number] = projector
        if projector.machine.state.status.isFinal { work.ended.insert(number) }
    }

    /// Turns a transition into rows.
    func record(_ transition: Transition, of number: TaskNumber, into work: inout Work) {
        guard !transition.events.isEmpty else { return }
        guard let task = tasks[number] else { preconditionFailure("A transition comes from a machine.") }
        var sequence = task.machine.state.sequence - Int64(transition.events.count)
        var touched = Set(task.machine.reopened)
        for event in transition.events {
            let entry = event.entry
            let position = Position(rawValue: nextPosition)
            nextPosition += 1
            sequence += 1
            task.note(event, at: position)
            do {
                let (payload, blob) = try payloads.keep(entry.payload)
                if let blob { work.rows.blobReferences.append((blob, number)) }
                work.rows.events.append(
                    EventRow(
                        position: position, task: number, sequence: sequence, at: entry.at, kind: entry.kind.rawValue,
                        step: entry.step, run: entry.run, payload: payload))
            } catch {
                work.failure = error
            }
            for hash in event.blobs { work.rows.blobReferences.append((hash, number)) }
            if let step = entry.step { touched.formUnion(task.machine.touched(by: step)) }
            if case .taskRepriced(let repricing) = event.body { reprice(repricing, of: task, into: &work) }
            work.usage.add(event, ofPlan: task.machine.state.origin.planName, task.machine.executable)
        }
        for path in touched {
            if let row = StepRow(projecting: task.machine, path: path) { work.steps[number, default: [:]][path] = row }
        }
        for row in task.decisionRows() { work.decisions[row.id] = row }
        work.changed.insert(number)
    }
}
