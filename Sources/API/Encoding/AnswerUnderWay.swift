internal import HTTPServer
internal import Runtime
internal import Synchronization

/// An answer that one request makes, and others wait for.
final class AnswerUnderWay: Sendable {
    private struct State: Sendable {
        var waiting: [CheckedContinuation<Response?, Never>] = []
        var isOver = false
        var response: Response?
    }

    /// Before its reading began.
    let moment: TaskChanges.Moment
    private let state = Mutex(State())

    init(since moment: TaskChanges.Moment) {
        self.moment = moment
    }

    /// The answer, as soon as it is there; nil when it could not be made.
    func response() async -> Response? {
        await withCheckedContinuation { continuation in
            let (isOver, response) = state.withLock { state in
                if !state.isOver { state.waiting.append(continuation) }
                return (state.isOver, state.response)
            }
            if isOver { continuation.resume(returning: response) }
        }
    }

    /// Lets those who wait go on.
    func end(with response: Response?) {
        let waiting = state.withLock { state in
            precondition(!state.isOver, "An answer is made once.")
            defer { state.waiting = [] }
            (state.isOver, state.response) = (true, response)
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: response) }
    }
}
