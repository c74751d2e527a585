internal import CEL
internal import Core

extension TaskState {
    /// What expressions may refer to, as JSON.
    var context: JSONObject {
        [
            "inputs": .object(origin.inputs),
            "steps": .object(stepsScope),
            "task": .object([
                "id": .string(origin.id.rawValue), "number": .int(origin.number.rawValue),
                "name": .string(origin.name), "files": .array(origin.files.map(\.json)),
                "created": .string(created.rfc3339),
            ]),
        ]
    }

    /// What expressions may refer to.
    var scope: Scope {
        var scope = Scope()
        for member in context { scope[member.name] = Value(member.value) }
        return scope
    }
}

extension Failure {
    /// What an expression that cannot be evaluated means for its step.
    init(evaluating error: any Error, step: StepPath?) {
        switch error {
        case let failure as Failure: self.init(failure.cause, failure.message, step: step)
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
