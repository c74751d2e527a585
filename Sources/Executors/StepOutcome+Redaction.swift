internal import Engine
internal import Secrets

extension StepOutcome {
    /// The same without secrets in what was said; files that a command has kept stay as they are. What is handed on, the
    /// output or a question, loses no more than what cannot be anything but a secret: other steps work with it.
    func redacted(by redactor: Redactor) -> StepOutcome {
        let handed = redactor.forWhatIsHandedOn
        switch self {
        case .completed(var result):
            result.output = handed.redact(result.output)
            result.trace = result.trace.map(redactor.redact)
            return .completed(result)
        case .failed(let failure, let trace):
            return .failed(failure.redacted(by: redactor), trace: trace.map(redactor.redact))
        case .stopped(let trace): return .stopped(trace: trace.map(redactor.redact))
        case .question(let text, let form, let trace):
            return .question(handed.redact(text), form: form, trace: trace.map(redactor.redact))
        }
    }
}

extension Failure {
    /// The same without secrets in its sentence.
    func redacted(by redactor: Redactor) -> Failure {
        var failure = self
        failure.message = redactor.redact(message)
        return failure
    }
}
