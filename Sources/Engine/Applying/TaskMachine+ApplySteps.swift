internal import Core
internal import Plans

/// What events do to steps.
extension TaskMachine {
    mutating func beginRun(at address: StepAddress, run: RunNumber, time: Timestamp) {
        leaveQueue(address)
        stopWaiting(at: address)
        state.frames[address.frame].steps[address.place].status = .running
        state.frames[address.frame].steps[address.place].runs = run.rawValue
        let started = state.frames[address.frame].steps[address.place].started ?? time
        state.frames[address.frame].steps[address.place].started = started
        state.frames[address.frame].steps[address.place].conduct?.isResuming = false
        state.started = state.started ?? time
        if state.runningSteps == 0 { state.activeSince = time }
        state.runningSteps += 1
    }

    mutating func complete(at address: StepAddress, run: RunNumber?, result: StepResult, time: Timestamp) {
        if let run { state.frames[address.frame].steps[address.place].runs = run.rawValue }
        // What an earlier run failed with is in its own event.
        state.frames[address.frame].steps[address.place].failure = nil
        state.frames[address.frame].steps[address.place].preview = OutputPreview.text(of: result.output)
        state.frames[address.frame].steps[address.place].failure = nil
        if isOpen(address) { state.frames[address.frame].containers[address.place]?.loop?.hasEnded = true }
        state.frames[address.frame].scope[definition(at: address).name] = .object([
            "output": result.output, "status": .string(StepStatus.completed.rawValue),
            "files": .array(result.files.map(\.json)),
        ])
        end(at: address, as: .completed, time: time)
    }

    mutating func fail(at address: StepAddress, run: RunNumber, failure: Failure, time: Timestamp) {
        let runs = max(state.frames[address.frame].steps[address.place].runs, run.rawValue)
        state.frames[address.frame].steps[address.place].runs = runs
        state.frames[address.frame].steps[address.place].failure = failure
        if !isOpen(address) { count(StepTally(failed: 1), in: address.frame) }
        end(at: address, as: .failed, time: time)
        if !isAllowed(failure, at: address) { noteFailure(failure, in: address.frame) }
    }

    /// Whether the plan says that the task goes on all the same.
    func isAllowed(_ failure: Failure, at address: StepAddress) -> Bool {
        (definition(at: address).continuesOnError || failure.isTolerated) && !failure.endsTask
    }

    mutating func retry(
        at address: StepAddress, run: RunNumber, failure: Failure, until: Timestamp, time: Timestamp
    ) {
        state.frames[address.frame].steps[address.place].failure = failure
        state.frames[address.frame].steps[address.place].dealings.failedRuns += 1
        // What was said before a model failed stays true.
        noteCutCalls(at: address)
        if failure.cause == .modelError, hasConversation(at: address) {
            state.frames[address.frame].steps[address.place].dealings.keepsConversation = true
        } else {
            forgetConversation(at: address)
        }
        if isOpen(address) { endContainer(at: address, as: .failed, time: time) }
        let sentence = "Run \(run) failed (\(failure.cause.rawValue)): \(failure.message)"
        let wait = Wait(.retry, since: time, until: until, sentence: sentence)
        beginWaiting(at: address, wait, time: time)
    }

    mutating func beginWaiting(at address: StepAddress, _ wait: Wait, time: Timestamp) {
        let path = path(at: address)
        let isRunning = state.frames[address.frame].steps[address.place].status == .running
        // What waits for room still stands in the dispatcher's queue.
        if wait.reason != .capacity { leaveQueue(address) }
        leaveRunning(at: address, time: time)
        stopWaiting(at: address)
        if wait.reason != .capacity {
            state.frames[address.frame].steps[address.place].started =
                state.frames[address.frame].steps[address.place].started ?? time
            state.started = state.started ?? time
        }
        state.frames[address.frame].steps[address.place].status = .waiting
        state.frames[address.frame].steps[address.place].wait = wait
        if isRunning, wait.reason.isPause, hasConversation(at: address) {
            state.frames[address.frame].steps[address.place].conduct?.isResuming = true
        }
        state.waiting[path] = address
        state.timers[TaskState.TimerKey(step: path, purpose: .wake)] = wait.until
        state.timers[TaskState.TimerKey(step: path, purpose: .deadline)] = wait.deadline
    }

    /// The step may begin again, or go on.
    mutating func requeue(at address: StepAddress, time: Timestamp) {
        // An agent whose task was not to be waited for, or could not be made, goes on where it is.
        if state.frames[address.frame].steps[address.place].status == .running, hasConversation(at: address) {
            state.frames[address.frame].steps[address.place].conduct?.isResuming = true
        }
        leaveQueue(address)
        leaveRunning(at: address, time: time)
        stopWaiting(at: address)
        guard !isOpen(address) else { return reopenContainer(at: address, time: time) }
        state.frames[address.frame].steps[address.place].status = .queued
        state.frames[address.frame].startable.append(address.place)
        state.attention.insert(address.frame)
    }

    mutating func end(at address: StepAddress, as status: StepStatus, time: Timestamp) {
        leaveQueue(address)
        leaveRunning(at: address, time: time)
        stopWaiting(at: address)
        let frame = address.frame
        if !state.timers.isEmpty {
            state.timers[TaskState.TimerKey(step: path(at: address), purpose: .deadline)] = nil
        }
        state.frames[frame].steps[address.place].status = status
        state.frames[frame].steps[address.place].ended = time
        if status == .failed || status == .cancelled { noteCutCalls(at: address) }
        state.frames[frame].steps[address.place].conduct = nil
        if status == .completed || status == .failed {
            state.frames[frame].steps[address.place].started =
                state.frames[frame].steps[address.place].started ?? time
            state.started = state.started ?? time
        }
        if isOpen(address) {
            endContainer(at: address, as: status, time: time)
        } else if status != .skipped {
            count(StepTally(finished: 1), in: frame)
        }
        if status != .completed {
            state.frames[frame].scope[definition(at: address).name] = scopeValue(at: address, status)
        }
        state.frames[frame].endedSteps += 1
        for dependent in block(of: frame).dependents[address.place] {
            state.frames[frame].steps[dependent].remainingNeeds -= 1
            if state.frames[frame].steps[dependent].remainingNeeds == 0 {
                state.frames[frame].startable.append(dependent)
            }
        }
        state.attention.insert(frame)
    }

    /// What expressions see of a step that has no output.
    private func scopeValue(at address: StepAddress, _ status: StepStatus) -> JSON {
        var object: JSONObject = ["output": nil, "status": .string(status.rawValue), "files": []]
        if let failure = state.frames[address.frame].steps[address.place].failure, status == .failed {
            object["error"] = ["cause": .string(failure.cause.rawValue), "message": .string(failure.message)]
        }
        return .object(object)
    }

    /// It was handed to the dispatcher and has begun, or will not begin any more.
    mutating func leaveQueue(_ address: StepAddress) {
        guard state.frames[address.frame].steps[address.place].isDispatched else { return }
        state.frames[address.frame].steps[address.place].isDispatched = false
        state.dispatchedSteps -= 1
        feedStarved()
    }

    /// Ends the running of a step, if it runs; the time of the task counts as active until the last one has ended.
    mutating func leaveRunning(at address: StepAddress, time: Timestamp) {
        guard state.frames[address.frame].steps[address.place].status == .running, !isOpen(address) else { return }
        release(at: address)
        state.runningSteps -= 1
        if state.runningSteps == 0 { endActiveStretch(at: time) }
        feedStarved()
    }

    /// The plan's own bound may leave room again.
    private mutating func feedStarved() {
        guard !state.starved.isEmpty else { return }
        state.attention.formUnion(state.starved)
        state.starved = []
    }

    /// What it waited for is there, or does not matter any more.
    mutating func stopWaiting(at address: StepAddress) {
        guard let wait = state.frames[address.frame].steps[address.place].wait else { return }
        let path = path(at: address)
        state.frames[address.frame].steps[address.place].wait = nil
        state.waiting[path] = nil
        for purpose in [TaskState.TimerKey.Purpose.wake, .expiry, .deadline] {
            state.timers[TaskState.TimerKey(step: path, purpose: purpose)] = nil
        }
        if case .request(let ordinal) = wait.blocker, let request = state.requests.removeValue(forKey: ordinal) {
            state.settledRequests.append(TaskState.SettledRequest(request: request, record: state.decisions[ordinal]))
        }
    }
}
