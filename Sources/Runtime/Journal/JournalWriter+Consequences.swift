internal import Core
internal import Engine
internal import Plans
internal import Store

/// What one task's transition means for others, within the same commit: children are made, cancelled and heard, signals
/// handed over, queues moved on.
extension JournalWriter {
    func follow(_ transition: Transition, of number: TaskNumber, into work: inout Work) {
        if let first = transition.events.first?.body, first.isReopening { queueAgain(number, into: &work) }
        for action in transition.actions {
            do {
                try follow(action, of: number, into: &work)
            } catch let error as SignalboxError where error.code == .conflict || error.code == .notFound {
                // It has ended meanwhile, which is what was wanted.
            } catch {
                work.failure = work.failure ?? error
            }
        }
        if let end = transition.events.last?.body, end.isEnd { settle(number, into: &work) }
        let changes = transition.events.compactMap(\.body.repricedChange)
        if !changes.isEmpty { tellParent(of: number, changes, into: &work) }
    }

    /// A task that had ended stands in the queue of its key once more.
    private func queueAgain(_ number: TaskNumber, into work: inout Work) {
        guard let origin = tasks[number]?.machine.state.origin, let group = origin.concurrency else { return }
        work.changesAdmission = true
        admission.add(number, key: group.key, priority: origin.priority, maximum: group.maximum)
        admitNext(key: group.key, into: &work)
    }

    private func follow(_ action: TaskAction, of number: TaskNumber, into work: inout Work) throws {
        switch action {
        case .spawn(let request): try spawn(request, for: number, into: &work)
        case .cancelChild(let child): _ = try handle(Cancel(), for: child, into: &work)
        case .killChild(let child): _ = try handle(Kill(), for: child, into: &work)
        case .raiseParent(let limits, let name):
            guard let parent = tasks[number]?.machine.state.origin.parent else { return }
            _ = try handle(RaiseForChild(number, limits, by: name), for: parent.task, into: &work)
        case .awaitSignal(let step, let name, let key):
            try awaitSignal(step, name: name, key: key, of: number, into: &work)
        case .forgetSignal(let step): work.rows.endSignalWait(of: step, task: number)
        // Taken by whoever gave the command.
        case .agent: break
        case .goOn: if !work.goingOn.contains(number) { work.goingOn.append(number) }
        case .dispatch, .execute, .stop, .kill:
            let priority = tasks[number]?.machine.state.origin.priority ?? 0
            work.commit.actions.append((number, priority, action))
        }
    }

    /// Tells the parent of a task that has ended, and lets those go on that have waited for its place.
    private func settle(_ number: TaskNumber, into work: inout Work) {
        guard let task = tasks[number] else { return }
        let origin = task.machine.state.origin
        if let group = origin.concurrency {
            work.changesAdmission = true
            admission.remove(number, key: group.key)
            admitNext(key: group.key, into: &work)
        }
        guard let parent = origin.parent else { return }
        let child = ChildTask(number: number, id: origin.id, planName: origin.planName, planHash: origin.planHash)
        var spending = task.machine.state.spending
        spending += task.machine.state.childrenSpending
        do {
            _ = try handle(
                ChildEnded(parent.step, parent.run, child, task.machine.state.ending, spending: spending),
                for: parent.task, into: &work)
        } catch let error as SignalboxError where error.code == .storage {
            work.failure = work.failure ?? error
        } catch {
            // The parent was deleted, or nobody can read it any more: that must not keep its child from ending.
        }
    }

    /// Lets the tasks of a key go on for which there is room.
    func admitNext(key: String, into work: inout Work) {
        while let next = admission.next(key: key) {
            work.changesAdmission = true
            do {
                _ = try handle(Admit(), for: next, into: &work)
            } catch let error as SignalboxError where error.code == .storage {
                work.failure = work.failure ?? error
            } catch {
                // One that nobody can read any more makes room for the next.
                admission.remove(next, key: key)
            }
        }
    }

    private func spawn(_ request: ChildRequest, for parent: TaskNumber, into work: inout Work) throws {
        guard let origin = tasks[parent]?.machine.state.origin else { return }
        do {
            let task = try child(request, of: origin, now: work.now)
            let number = takeNumber()
            let id = TaskID(at: work.now, random: &random)
            let link = ChildTask(
                number: number, id: id, planName: task.plan.name, planHash: task.plan.hash, deadline: request.deadline)
            work.commit.children.append((number, parent))
            begin(task.origin(id: id, number: number, agents: agents), task, into: &work) { work in
                do {
                    _ = try handle(ChildStarted(request.step, request.run, link), for: parent, into: &work)
                } catch {
                    work.failure = work.failure ?? error
                }
            }
        } catch let error as SignalboxError where error.code != .storage {
            if let call = request.call {
                _ = try handle(
                    RefuseTaskCall(request.step, request.run, call: call, reason: error.description), for: parent,
                    into: &work)
                return
            }
            let cause: FailureCause = error.code == .notFound ? .missingData : .validation
            _ = try handle(
                FinishStep(request.step, request.run, .failed(Failure(cause, error.description))), for: parent,
                into: &work)
        }
    }

    private func child(
        _ request: ChildRequest, of parent: TaskOrigin, now: Timestamp
    ) throws -> NewTask {
        let executable = try plan(request.plan, of: parent)
        let plan = executable.plan
        let inputs = try plan.resolve(inputs: Dictionary(request.inputs.map { ($0.name, $0.value) }) { $1 })
        var task = NewTask(
            plan: PlanRow(plan, savedAt: now, isListed: false), executable: executable,
            name: plan.taskName(inputs: inputs), source: .plan, trigger: request.call == nil ? .task : .agent,
            inputs: inputs, files: parent.files,
            tags: parent.tags, model: parent.model, defaultModel: parent.defaultModel ?? defaultModel)
        task.limits = TaskLimits(plan.limits).narrowed(by: request.limits)
        task.priority = max(parent.priority, plan.priority)
        if let group = try plan.concurrencyGroup(inputs: inputs), try !isHeld(group.key, by: parent) {
            task.concurrency = group
        }
        var link = ParentLink(task: parent.number, step: request.step, run: request.run, depth: request.depth)
        (link.rest, link.limits) = (request.limits, request.parentLimits)
        task.parent = link
        return task
    }

    /// Whether a task, or one above it, has a place of that key: what it starts runs under it, for it would wait for ever.
    private func isHeld(_ key: String, by task: TaskOrigin) throws -> Bool {
        if task.concurrency?.key == key { return true }
        var above = task.parent?.task
        while let number = above {
            if let origin = tasks[number]?.machine.state.origin {
                if origin.concurrency?.key == key { return true }
                above = origin.parent?.task
            } else {
                guard let row = try store.task(number) else { return false }
                if row.concurrencyKey == key { return true }
                above = row.parent
            }
        }
        return false
    }

    private func plan(_ reference: ChildTaskDefinition.PlanReference, of parent: TaskOrigin) throws -> ExecutablePlan {
        switch reference {
        case .saved(let name):
            guard let row = try store.plan(named: name) else {
                if try store.savedPlan(name) != nil { throw SignalboxError.isArchived(name) }
                throw SignalboxError(
                    .notFound, "There is no saved plan \"\(name)\".", hint: "`signalbox plans list` shows them.")
            }
            return try executable(row.source)
        case .file(let path):
            guard let row = try store.plan(parent.planHash) ?? storedNow(parent.planHash),
                let text = row.files[path]
            else {
                throw SignalboxError(.notFound, "There is no file \"\(path)\" beside the plan.")
            }
            return try executable(PlanSource(path: path, text: text, files: row.files))
        }
    }

    /// A plan that is part of this very batch.
    private func storedNow(_ hash: ContentHash) -> PlanRow? {
        tasks.values.lazy.map(\.machine.executable.plan).first { $0.hash == hash }
            .map { PlanRow($0, savedAt: Timestamp(millisecondsSinceEpoch: 0), isListed: false) }
    }
}

extension Event.Body {
    /// Whether a task that had ended goes on with it.
    fileprivate var isReopening: Bool {
        if case .retryRequested = self { true } else { false }
    }

    /// Whether the task has come to its end with it.
    fileprivate var isEnd: Bool {
        switch self {
        case .taskCompleted, .taskFailed, .taskCancelled: true
        default: false
        }
    }
}

extension TaskState {
    /// How it ended, as its parent is told.
    fileprivate var ending: ChildEnded.Ending {
        switch status {
        case .completed: .completed(outputs: outputs ?? JSONObject())
        case .cancelled: .cancelled
        default: .failed(failure ?? Failure(.validation, "It ended without a reason."))
        }
    }
}
