internal import Core
internal import Engine
internal import HTTPClient

extension Failure {
    /// What another system's failure means for a step: the sentence, and whether trying again is of use.
    init(_ cause: FailureCause, upstream error: SignalboxError) {
        self.init(cause, error.description)
        // An error may come from another one, as an answer that was cut off comes from a broken connection.
        var root = error.cause
        while let inner = root as? SignalboxError { root = inner.cause }
        switch root {
        case let transfer as TransferFailure: isTransient = transfer.isTransient
        case let refusal as TemporaryRefusal:
            isTransient = true
            retryAfterMilliseconds = refusal.retryAfterMilliseconds
        default: break
        }
    }
}
