internal import Core
internal import Plans

/// What events do to steps.
extension TaskMachine {
    mutating func beginRun(at address: StepAddress, run: RunNumber, time: Timestamp) {
        leaveQueue(address)
        stopWaiting(at: address)
        endIdling(at: address, time: time)
        state[address].status = .running
        state[address].runs = run.rawValue
        let started = state[address].started ?? time
        state[address].started = started
        state[address].conduct?.isResuming = false
        state.started = state.started ?? time
        if state.runningSteps == 0 { state.activeSince = time }
        state.runningSteps += 1
    }

    mutating func complete(at address: StepAddress, run: RunNumber?, result: StepResult, time: Timestamp) {
        if let run { state[address].runs = run.rawValue }
        // What an earlier run failed with is in its own event.
        state[address].failure = nil
        state[address].preview = OutputPreview.text(of: result.output)
        state[address].failure = nil
        if isOpen(address) { state.frames[address.frame].containers[address.place]?.loop?.hasEnded = true }
        state.frames[address.frame].scope[definition(at: address).name] = .object([
            "output": result.output, "status": .string(StepStatus.completed.rawValue),
            "files": .array(result.files.map(\.json)),
        ])
        end(at: address, as: .completed, time: time)
    }

    mutating func fail(at address: StepAddress, run: RunNumber, failure: Failure, time: Timestamp) {
        let runs = max(state[address].runs, run.rawValue)
        state[address].runs = runs
        state[address].failure = failure
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
        state[address].failure = failure
        state[address].dealings.failedRuns += 1
        // What was said before a model failed stays true.
        if failure.cause.keepsConversation {
            keepConversation(at: address)
        } else {
            forgetConversation(at: address)
        }
        if isOpen(address) { endContainer(at: address, as: .failed, time: time) }
        let sentence = "Run \(run) failed (\(failure.cause.words)): \(failure.message)"
        let wait = Wait(.retry, since: time, until: until, sentence: sentence)
        beginWaiting(at: address, wait, time: time)
    }

    mutating func beginWaiting(at address: StepAddress, _ wait: Wait, time: Timestamp) {
        let path = path(at: address)
        let isRunning = state[address].status == .running
        // What waits for room still stands in the dispatcher's queue.
        if wait.reason != .capacity { leaveQueue(address) }
        leaveRunning(at: address, time: time)
        stopWaiting(at: address)
        if wait.reason != .capacity {
            // What it waits for is part of its time, as its runs are.
            endIdling(at: address, time: time)
            state[address].started =
                state[address].started ?? time
            state.started = state.started ?? time
        }
        state[address].status = .waiting
        state[address].wait = wait
        if isRunning, wait.reason.isPause, hasConversation(at: address) {
            state[address].conduct?.isResuming = true
        }
        state.waiting[path] = address
        state.timers[TaskState.TimerKey(step: path, purpose: .wake)] = wait.until
        state.timers[TaskState.TimerKey(step: path, purpose: .deadline)] = wait.deadline
    }

    /// The step may begin again, or go on.
    mutating func requeue(at address: StepAddress, time: Timestamp) {
        // An agent whose task was not to be waited for, or could not be made, goes on where it is.
        if state[address].status == .running, hasConversation(at: address) {
            state[address].conduct?.isResuming = true
        }
        leaveQueue(address)
        leaveRunning(at: address, time: time)
        stopWaiting(at: address)
        guard !isOpen(address) else { return reopenContainer(at: address, time: time) }
        state[address].status = .queued
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
        endIdling(at: address, time: time)
        state[address].status = status
        state[address].ended = time
        let cause = state[address].failure?.cause
        if status == .cancelled || status == .failed && cause?.keepsConversation == true, hasConversation(at: address) {
            keepConversation(at: address)
        } else {
            state[address].conduct = status == .failed ? state[address].conduct?.afterFailure : nil
        }
        if status == .completed || status == .failed {
            state[address].started = state[address].started ?? time
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
            let waiting = StepAddress(frame: frame, place: dependent)
            state[waiting].remainingNeeds -= 1
            if state[waiting].remainingNeeds == 0 {
                state.frames[frame].startable.append(dependent)
            }
        }
        state.attention.insert(frame)
    }

    /// What expressions see of a step that has no output.
    private func scopeValue(at address: StepAddress, _ status: StepStatus) -> JSON {
        var object: JSONObject = ["output": nil, "status": .string(status.rawValue), "files": []]
        if let failure = state[address].failure, status == .failed {
            object["error"] = ["cause": .string(failure.cause.rawValue), "message": .string(failure.message)]
        }
        return .object(object)
    }

    /// It was handed to the dispatcher and has begun, or will not begin any more.
    mutating func leaveQueue(_ address: StepAddress) {
        guard state[address].isDispatched else { return }
        state[address].isDispatched = false
        state.dispatchedSteps -= 1
        feedStarved()
    }

    /// Ends the running of a step, if it runs; the time of the task counts as active until the last one has ended.
    mutating func leaveRunning(at address: StepAddress, time: Timestamp) {
        guard state[address].status == .running, !isOpen(address) else { return }
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
        guard let wait = state[address].wait else { return }
        let path = path(at: address)
        state[address].wait = nil
        state.waiting[path] = nil
        for purpose in [TaskState.TimerKey.Purpose.wake, .expiry, .deadline] {
            state.timers[TaskState.TimerKey(step: path, purpose: purpose)] = nil
        }
        if case .request(let ordinal) = wait.blocker, let request = state.requests.removeValue(forKey: ordinal) {
            state.settledRequests.append(TaskState.SettledRequest(request: request, record: state.decisions[ordinal]))
        }
    }
}
