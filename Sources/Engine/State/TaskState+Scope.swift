internal import CEL
internal import Core

extension TaskState {
    /// What expressions of a block may refer to, as JSON.
    func context(of slot: Int) -> JSONObject {
        var context: JSONObject = [
            "inputs": .object(origin.inputs),
            "steps": .object(visibleSteps(from: slot)),
            "task": taskScope,
        ]
        if let iteration = nearestIteration(from: slot) {
            context["item"] = iteration.item
            context["index"] = .int(Int64(iteration.index))
            context["previous"] = iteration.previous
        }
        return context
    }

    /// What expressions see as `task`.
    static func taskScope(_ origin: TaskOrigin, created: Timestamp) -> JSON {
        [
            "id": .string(origin.id.rawValue), "number": .int(origin.number.rawValue),
            "name": .string(origin.name), "files": .array(origin.files.map(\.json)),
            "created": .string(created.rfc3339),
        ]
    }

    /// What expressions of a block may refer to.
    func scope(of slot: Int) -> Scope {
        var scope = Scope()
        for member in context(of: slot) { scope[member.name] = Value(member.value) }
        return scope
    }

    /// The steps that have ended in the block and in those around it.
    private func visibleSteps(from slot: Int) -> JSONObject {
        guard let container = frames[slot].container else { return frames[slot].scope }
        var steps = visibleSteps(from: container.frame)
        for member in frames[slot].scope { steps[member.name] = member.value }
        return steps
    }

    private func nearestIteration(from slot: Int) -> Frame.Iteration? {
        if let iteration = frames[slot].iteration { return iteration }
        return frames[slot].container.flatMap { nearestIteration(from: $0.frame) }
    }
}

extension Failure {
    /// What an expression that cannot be evaluated means for its step.
    init(evaluating error: any Error, step: StepPath?) {
        switch error {
        case var failure as Failure:
            failure.step = failure.step ?? step
            self = failure
        case let error as EvaluationError: self.init(error.failureCause, "\(SignalboxError(error))", step: step)
        case let error as SignalboxError:
            let cause = (error.cause as? EvaluationError)?.failureCause ?? .validation
            self.init(cause, error.description, step: step)
        default: self.init(.validation, "An expression could not be evaluated: \(error).", step: step)
        }
    }
}

extension EvaluationError {
    /// What it means for a step: something that was to be there is not, or a value is not what it has to be.
    fileprivate var failureCause: FailureCause {
        [.noSuchField, .undeclaredVariable].contains(kind) ? .missingData : .validation
    }
}
