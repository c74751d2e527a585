internal import Core
internal import Engine
internal import HTTPClient
internal import MCP
internal import Providers

extension Failure {
    /// An answer that was cut off after it had begun to arrive. Whatever cut it, it is not asked for again by itself: what
    /// has arrived may have been acted on, and is paid for. A plan that says `retry` wants that.
    init(_ cut: CutResponse) {
        var error = cut.error
        let count = cut.response.text.count
        error.hint =
            "What had arrived (\(count) characters of text) is on record. It is not asked for again by itself: "
            + "retry the task, or give the step `retry`."
        self.init(.modelError, upstream: error)
        isTransient = false
        retryAfterMilliseconds = nil
    }

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
        case is MCPTimeout: isTransient = true
        default: break
        }
    }
}
