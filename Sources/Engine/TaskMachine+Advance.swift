internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// Starts whatever can start, and ends the task when nothing is left to do. Every command ends with it.
    mutating func advance() {
        if state.result != nil { return }
        if state.isCancelRequested || state.failure != nil {
            cancelIdleSteps()
        } else {
            startSteps()
            // A computed step may have failed just now.
            if state.failure != nil { cancelIdleSteps() }
        }
        endIfNothingIsLeft()
    }

    private mutating func startSteps() {
        var evaluations = 0
        while state.failure == nil, let place = takeStartable() {
            let definition = executable.plan.steps[place]
            if isComputed(definition) || definition.condition != nil {
                guard evaluations < Limits.evaluationsPerTransitionMaximum else {
                    state.startable.append(place)
                    act(.goOn)
                    return
                }
                evaluations += 1
            }
            let path = path(at: place)
            do {
                if let condition = definition.condition, try !isMet(condition, of: definition) {
                    emit(.stepSkipped(path, condition: condition.source))
                    continue
                }
                guard case .set(let value) = definition.kind else {
                    state.steps[place].isDispatched = true
                    act(.dispatch(path))
                    continue
                }
                // Computing values has no effect outside, so it happens here, inside the transition: the result is
                // durable with the very commit that made it possible.
                let output = try value.evaluate(in: state.scope)
                try output.requireBounds(of: "The output")
                emit(.stepCompleted(path, RunNumber(rawValue: 1), StepResult(output: output)))
            } catch {
                emit(.stepFailed(path, RunNumber(rawValue: 1), Failure(evaluating: error, step: path), trace: nil))
            }
        }
    }

    /// The first step, in the order of the plan, that has all it needs and for which the plan's own bound leaves room.
    private mutating func takeStartable() -> Int? {
        state.startable.removeAll { state.steps[$0].status != .queued || state.steps[$0].isDispatched }
        let isFull = executable.plan.limits.parallelSteps.map { busySteps >= $0 } ?? false
        // Computed steps take no room: they are done at once.
        var first: Int?
        for place in state.startable where !isFull || isComputed(executable.plan.steps[place]) {
            first = min(first ?? place, place)
        }
        if let first { state.startable.removeAll { $0 == first } }
        return first
    }

    private var busySteps: Int {
        state.steps.count { $0.status == .running || $0.isDispatched }
    }

    private func isComputed(_ step: StepDefinition) -> Bool {
        if case .set = step.kind { true } else { false }
    }

    private func isMet(_ condition: Expression, of step: StepDefinition) throws -> Bool {
        let value = try condition.evaluate(in: state.scope)
        guard case .bool(let isMet) = value else {
            throw SignalboxError(
                .expression, "The condition of step \"\(step.name)\" is not true or false: \(condition.source)",
                at: step.place)
        }
        return isMet
    }

    private mutating func cancelIdleSteps() {
        for place in state.steps.indices where [.queued, .waiting].contains(state.steps[place].status) {
            emit(.stepCancelled(path(at: place), nil, trace: nil))
        }
    }

    private mutating func endIfNothingIsLeft() {
        guard state.runningSteps == 0, state.waitingSteps == 0,
            state.finishedSteps + state.skippedSteps == state.steps.count
        else { return }
        if let failure = state.failure {
            emit(.taskFailed(failure))
        } else if state.isCancelRequested {
            emit(.taskCancelled)
        } else {
            do {
                var outputs = JSONObject()
                for output in executable.plan.outputs {
                    outputs[output.name] = try output.value.evaluate(in: state.scope)
                }
                try JSON.object(outputs).requireBounds(
                    of: "All that the task puts out", bytesMaximum: Limits.payloadBytesMaximum)
                emit(.taskCompleted(outputs: outputs))
            } catch {
                emit(.taskFailed(Failure(evaluating: error, step: nil)))
            }
        }
    }
}
