internal import Core
internal import Plans

extension TaskMachine {
    /// Changes the state as the event says. The only place where that happens, while a command is carried out as well as
    /// when the journal is folded.
    mutating func apply(_ event: Event) {
        let previousEventAt = state.lastEventAt
        state.sequence += 1
        state.lastEventAt = event.at
        switch event.body {
        case .taskCreated: break
        case .taskAdmitted:
            state.isAdmitted = true
            state.attention.insert(0)
        case .stepStarted(let step, let run, let input):
            let address = address(known: step)
            beginRun(at: address, run: run, time: event.at)
            beginConversation(at: address)
            reserve(for: address, input: input)
        case .stepResumed(let step, let run):
            let address = address(known: step)
            beginRun(at: address, run: run, time: event.at)
            reserve(for: address, input: nil)
        case .turnCompleted(let step, _, let turn):
            record(turn, at: address(known: step))
        case .toolStarted(let step, _, let request): beginTool(request, at: address(known: step))
        case .toolCompleted(let step, _, let call, let result): endTool(call, result, at: address(known: step))
        case .toolPaused(let step, _, let call, let question): pauseTool(call, question, at: address(known: step))
        case .agentNoticed(let step, _, let text, let kind):
            notice(text, kind, at: address(known: step))
        case .requestSized(let step, _, let bytes): size(to: bytes, at: address(known: step))
        case .stepCompleted(let step, let run, let result):
            complete(at: address(known: step), run: run, result: result, time: event.at)
        case .stepReused(let step, let reuse):
            guard case .result(let result) = reuse.content else { break }
            let address = address(known: step)
            state[address].isReused = true
            complete(at: address, run: nil, result: result, time: event.at)
        case .stepFailed(let step, let run, let failure, _):
            fail(at: address(known: step), run: run, failure: failure, time: event.at)
        case .stepRetrying(let step, let run, let failure, _, let until):
            retry(at: address(known: step), run: run, failure: failure, until: until, time: event.at)
        case .stepSkipped(let step, _, _):
            let address = address(known: step)
            count(StepTally(total: -1), in: address.frame)
            end(at: address, as: .skipped, time: event.at)
        case .stepCancelled(let step, _, _):
            let address = address(known: step)
            holdBack(at: address)
            end(at: address, as: .cancelled, time: event.at)
        case .stepInterrupted(let step, _, let lost):
            endActiveStretch(at: previousEventAt)
            let address = address(known: step)
            cutOff(at: address, last: previousEventAt, time: event.at)
            lose(lost, at: address)
            // Where the task is about to end: whoever takes it up again must be asked.
            if !definition(at: address).isRepeatable {
                state[address].held = .doubt
            }
            resumeAgain(at: address)
            requeue(at: address, time: event.at)
        case .stepWaiting(let step, _, let wait):
            let address = address(known: step)
            if wait.reason == .inDoubt {
                endActiveStretch(at: previousEventAt)
                cutOff(at: address, last: previousEventAt, time: event.at)
            }
            beginWaiting(at: address, wait, time: event.at)
        case .stepQueued(let step): requeue(at: address(known: step), time: event.at)
        case .timeoutReached(let step, let failure):
            let address = address(known: step)
            state.timers[TaskState.TimerKey(step: step, purpose: .deadline)] = nil
            stopContainer(at: address, failure: failure)
        case .loopStarted(let step, let source, let deadline):
            beginLoop(at: address(known: step), source, deadline: deadline, time: event.at)
        case .iterationStarted(let step): beginIteration(step, time: event.at)
        case .iterationCompleted(let step, let output, let reuse):
            completeIteration(step, output: output, isReused: reuse != nil, time: event.at)
        case .iterationFailed(let step, let failure): failIteration(step, failure, time: event.at)
        case .iterationCancelled(let step): cancelIteration(step, time: event.at)
        case .branchChosen(let step, let choice): beginBranch(at: address(known: step), choice, time: event.at)
        case .childStarted(let step, _, let child): beginChild(at: address(known: step), child, time: event.at)
        case .childEnded(_, _, let child, let spending):
            state.children[child.number] = nil
            state.unawaited.remove(child.number)
            state.childrenSpending += spending
            state.countedChildren.insert(child.number)
        case .limitsRaised(let raised, _, _):
            state.limits = raised.overriding(state.limits)
            noteRaise(raised)
        case .decisionRequested(let request):
            if request.kind == .inDoubt {
                endActiveStretch(at: previousEventAt)
                cutOff(at: address(known: request.step), last: previousEventAt, time: event.at)
            }
            lose(request.lostCall, at: address(known: request.step))
            open(request, time: event.at)
        case .decisionMade(let step, let ordinal, let decision):
            settle(ordinal, of: step, decision, time: event.at)
        case .cancelRequested:
            state.isCancelRequested = true
            stopFrame(0)
        case .killRequested(let name):
            let by = name.map { " by \($0)" } ?? ""
            state.failure = Failure(.killed, "The task was killed\(by).")
            stopFrame(0)
        case .retryRequested: reopenTask(time: event.at)
        case .taskRepriced(let repricing):
            state.repricings += 1
            for turn in repricing.turns { reprice(turn) }
        case .childRepriced(let repricing): state.childrenSpending += repricing.change
        case .taskRenamed(let name, _): state.origin.name = name
        case .taskTagged(let tags, _): state.origin.tags = tags
        case .clockLeapt(let milliseconds):
            state.activeSince = state.activeSince.map { min($0.adding(milliseconds: milliseconds), event.at) }
            for (timer, time) in state.timers where timer.purpose == .deadline {
                state.timers[timer] = time.adding(milliseconds: milliseconds)
            }
        case .taskCompleted(let outputs):
            state.outputs = outputs
            endTask(as: .completed, time: event.at)
        case .taskFailed(let failure):
            state.failure = failure
            endTask(as: .failed, time: event.at)
        case .taskCancelled: endTask(as: .cancelled, time: event.at)
        }
    }

    private mutating func endTask(as status: TaskStatus, time: Timestamp) {
        state.result = status
        state.ended = time
        state.frames[0].ended = time
        state.frames[0].status =
            switch status {
            case .completed: .completed
            case .cancelled: .cancelled
            default: .failed
            }
    }

    /// Counts the time since the first of the running steps began. After a crash that is done with the first step that
    /// is found interrupted, up to the last event before the crash: none of the others was active any longer either.
    mutating func endActiveStretch(at time: Timestamp) {
        guard let since = state.activeSince else { return }
        state.activeMilliseconds += max(0, time.milliseconds(since: since))
        state.activeSince = nil
    }
}

extension TaskState {
    /// Forgets what was kept only so that the rows of the last command could be told.
    mutating func forgetSettled() {
        if !settledRequests.isEmpty { settledRequests = [] }
        if !reopened.isEmpty { reopened = [] }
        guard !closedSlots.isEmpty else { return }
        for slot in closedSlots { forget(slot) }
        closedSlots = []
    }

    private mutating func forget(_ slot: Int) {
        let frame = frames[slot]
        for container in frame.containers.values {
            for inner in container.openFrames + container.brokenFrames { forget(inner) }
        }
        // A frame that was begun anew in the same command has the path by now.
        if slots[frame.path] == slot { slots[frame.path] = nil }
        frames[slot].isLive = false
        frames[slot].steps = []
        frames[slot].scope = JSONObject()
        frames[slot].containers = [:]
        attention.remove(slot)
        starved.remove(slot)
        freeSlots.append(slot)
    }
}
