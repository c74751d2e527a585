internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// Starts whatever can start, closes what has ended, and ends the task when nothing is left to do. Every command ends
    /// with it.
    mutating func advance() {
        guard state.result == nil, state.isAdmitted || state.frames[0].isStopping else { return }
        var allowance = Limits.evaluationsPerTransitionMaximum
        while let slot = state.attention.min() {
            state.attention.remove(slot)
            guard state.frames[slot].isLive, state.frames[slot].status == .running else { continue }
            guard advance(slot, &allowance) else {
                state.attention.insert(slot)
                act(.goOn)
                return
            }
        }
    }

    /// - Returns: whether everything was done; false when the rest must wait for the next transition.
    private mutating func advance(_ slot: Int, _ allowance: inout Int) -> Bool {
        if state.frames[slot].isStopping {
            cancelIdleSteps(slot)
        } else {
            guard startSteps(slot, &allowance) else { return false }
            // A computed step may have failed just now.
            if state.frames[slot].isStopping { cancelIdleSteps(slot) }
        }
        for place in state.frames[slot].containers.keys.sorted()
        where state.frames[slot].steps[place].status == .running {
            guard advanceContainer(at: StepAddress(frame: slot, place: place), &allowance) else { return false }
        }
        if state.frames[slot].endedSteps == state.frames[slot].steps.count { close(slot) }
        return true
    }

    private mutating func startSteps(_ slot: Int, _ allowance: inout Int) -> Bool {
        while !state.frames[slot].isStopping, let place = takeStartable(slot) {
            let address = StepAddress(frame: slot, place: place)
            let definition = definition(at: address)
            if definition.isEvaluated {
                guard allowance > 0 else {
                    state.frames[slot].startable.append(place)
                    return false
                }
                allowance -= 1
            }
            start(address, definition)
        }
        return true
    }

    /// The first step, in the order of the plan, that has all it needs and for which the plan's own bound leaves room.
    private mutating func takeStartable(_ slot: Int) -> Int? {
        state.frames[slot].dropBegun()
        guard !state.frames[slot].startable.isEmpty else { return nil }
        let isFull =
            executable.plan.limits.parallelSteps.map { state.runningSteps + state.dispatchedSteps >= $0 } ?? false
        var first: Int?
        let steps = block(of: slot).steps
        for place in state.frames[slot].startable where !isFull || !steps[place].takesSlot {
            first = min(first ?? place, place)
        }
        if let first {
            state.frames[slot].startable.removeAll { $0 == first }
        } else {
            state.starved.insert(slot)
        }
        return first
    }

    private mutating func cancelIdleSteps(_ slot: Int) {
        for place in state.frames[slot].steps.indices {
            let address = StepAddress(frame: slot, place: place)
            switch state.frames[slot].steps[place].status {
            case .queued: emit(.stepCancelled(path(at: address), nil, trace: nil))
            case .waiting:
                // A child is told, and has its say.
                if case .task(let child) = state.frames[slot].steps[place].wait?.blocker {
                    act(.cancelChild(child))
                } else {
                    cancelWaiting(address)
                }
            default: break
            }
        }
    }

    /// Ends a step that waits.
    mutating func cancelWaiting(_ address: StepAddress) {
        let path = path(at: address)
        if case .signal = state[address].wait?.blocker { act(.forgetSignal(path)) }
        emit(.stepCancelled(path, nil, trace: nil))
    }

    /// Ends a block whose steps have all ended.
    private mutating func close(_ slot: Int) {
        guard let container = state.frames[slot].container else { return closeTask() }
        let path = state.frames[slot].path
        guard state.frames[slot].iteration != nil else {
            state.attention.insert(container.frame)
            return
        }
        if let failure = state.frames[slot].failure {
            emit(.iterationFailed(path, failure))
        } else if state.frames[slot].isStopping, state.frames[slot].steps.contains(where: { $0.status == .cancelled }) {
            emit(.iterationCancelled(path))
        } else {
            do {
                emit(.iterationCompleted(path, output: try output(of: slot), reused: nil))
            } catch {
                emit(.iterationFailed(path, Failure(evaluating: error, step: path)))
            }
        }
    }

    /// What a block hands over.
    func output(of slot: Int) throws -> JSON {
        let block = block(of: slot)
        guard let template = block.output else {
            guard let last = block.steps.last else { return .null }
            return state.frames[slot].scope[last.name]?["output"] ?? .null
        }
        let output = try template.evaluate(in: state.scope(of: slot))
        try output.requireBounds(of: "The output of \(state.frames[slot].path)")
        return output
    }

    private mutating func closeTask() {
        if let failure = state.failure {
            emit(.taskFailed(failure))
        } else if state.isCancelRequested {
            emit(.taskCancelled)
        } else {
            do {
                let scope = state.scope(of: 0)
                var outputs = JSONObject()
                for output in executable.plan.outputs { outputs[output.name] = try output.value.evaluate(in: scope) }
                try JSON.object(outputs).requireBounds(
                    of: "All that the task puts out", bytesMaximum: Limits.payloadBytesMaximum)
                emit(.taskCompleted(outputs: outputs))
            } catch {
                emit(.taskFailed(Failure(evaluating: error, step: nil)))
            }
        }
    }
}

extension StepDefinition {
    /// Whether starting it means evaluating something.
    fileprivate var isEvaluated: Bool { !takesSlot || condition != nil }

    /// Whether a model is asked to do its work.
    var asksModel: Bool {
        switch kind {
        case .agent: true
        case .branch(let branch): branch.chooser != nil
        default: false
        }
    }

    /// Whether the dispatcher runs it, so that it counts against bounds on what runs at the same time.
    var takesSlot: Bool {
        switch kind {
        case .command, .http, .agent, .tool: true
        case .branch(let branch): branch.chooser != nil
        case .set, .forEach, .task, .wait, .approval: false
        }
    }
}
