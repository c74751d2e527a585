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
        case .stepStarted(let step, let run, _):
            beginRun(at: place(known: step), run: run, time: event.at)
        case .turnCompleted(let step, _, let turn):
            record(turn, at: place(known: step))
        case .stepCompleted(let step, let run, let result):
            complete(at: place(known: step), run: run, result: result, time: event.at)
        case .stepFailed(let step, let run, let failure, _):
            let place = place(known: step)
            state.steps[place].runs = max(state.steps[place].runs, run.rawValue)
            state.steps[place].failure = failure
            // What fails after somebody asked the task to stop does not change how it ends.
            if state.failure == nil, !state.isCancelRequested { state.failure = failure }
            end(at: place, as: .failed, time: event.at)
        case .stepSkipped(let step, _):
            state.skippedSteps += 1
            end(at: place(known: step), as: .skipped, time: event.at)
        case .stepCancelled(let step, _, _):
            end(at: place(known: step), as: .cancelled, time: event.at)
        case .stepInterrupted(let step, _):
            let place = place(known: step)
            endActiveStretch(at: previousEventAt)
            leaveRunning(at: place, time: event.at)
            state.steps[place].status = .queued
            state.startable.append(place)
        case .stepWaiting(let step, _, let reason):
            let place = place(known: step)
            endActiveStretch(at: previousEventAt)
            leaveRunning(at: place, time: event.at)
            state.steps[place].status = .waiting
            state.steps[place].waitingReason = reason
            state.steps[place].waitingSince = event.at
            state.waitingSteps += 1
        case .cancelRequested: state.isCancelRequested = true
        case .taskCompleted(let outputs):
            state.outputs = outputs
            endTask(as: .completed, time: event.at)
        case .taskFailed(let failure):
            state.failure = failure
            endTask(as: .failed, time: event.at)
        case .taskCancelled: endTask(as: .cancelled, time: event.at)
        }
    }

    private func place(known step: StepPath) -> Int {
        guard let place = executable.placeByName[step.rawValue] else {
            preconditionFailure("The journal names a step that the plan of its task does not have.")
        }
        return place
    }

    private mutating func beginRun(at place: Int, run: RunNumber, time: Timestamp) {
        state.steps[place].status = .running
        state.steps[place].isDispatched = false
        state.steps[place].runs = run.rawValue
        state.steps[place].started = state.steps[place].started ?? time
        state.started = state.started ?? time
        if state.runningSteps == 0 { state.activeSince = time }
        state.runningSteps += 1
    }

    private mutating func record(_ turn: Turn, at place: Int) {
        state.steps[place].usage += turn.usage
        state.steps[place].modelCalls += 1
        if !state.steps[place].models.contains(turn.model) { state.steps[place].models.append(turn.model) }
    }

    private mutating func complete(at place: Int, run: RunNumber, result: StepResult, time: Timestamp) {
        state.steps[place].runs = run.rawValue
        state.steps[place].preview = OutputPreview.text(of: result.output)
        state.stepsScope[executable.plan.steps[place].name] = .object([
            "output": result.output, "status": .string(StepStatus.completed.rawValue),
            "files": .array(result.files.map(\.json)),
        ])
        end(at: place, as: .completed, time: time)
    }

    private mutating func end(at place: Int, as status: StepStatus, time: Timestamp) {
        leaveRunning(at: place, time: time)
        if state.steps[place].status == .waiting {
            state.waitingSteps -= 1
            state.steps[place].waitingReason = nil
            state.steps[place].waitingSince = nil
        }
        state.steps[place].status = status
        state.steps[place].ended = time
        state.steps[place].isDispatched = false
        if status == .completed || status == .failed {
            state.steps[place].started = state.steps[place].started ?? time
            state.started = state.started ?? time
        }
        if status != .skipped { state.finishedSteps += 1 }
        if status != .completed {
            state.stepsScope[executable.plan.steps[place].name] = .object([
                "output": nil, "status": .string(status.rawValue), "files": [],
            ])
        }
        for dependent in executable.dependents[place] {
            state.steps[dependent].remainingNeeds -= 1
            if state.steps[dependent].remainingNeeds == 0 { state.startable.append(dependent) }
        }
    }

    /// Ends the running of a step, if it runs; the time of the task counts as active until the last one has ended.
    private mutating func leaveRunning(at place: Int, time: Timestamp) {
        guard state.steps[place].status == .running else { return }
        state.runningSteps -= 1
        if state.runningSteps == 0 { endActiveStretch(at: time) }
    }

    /// Counts the time since the first of the running steps began. After a crash that is done with the first step that
    /// is found interrupted, up to the last event before the crash: none of the others was active any longer either.
    private mutating func endActiveStretch(at time: Timestamp) {
        guard let since = state.activeSince else { return }
        state.activeMilliseconds += max(0, time.milliseconds(since: since))
        state.activeSince = nil
    }

    private mutating func endTask(as status: TaskStatus, time: Timestamp) {
        state.result = status
        state.ended = time
    }
}
