internal import Core
internal import Engine
internal import Secrets
internal import Synchronization

/// The arguments of tool calls as the model wrote them, for as long as the engine lives, where they hold something that
/// the journal hides. A call that waits for a person is made with what was written; after a restart that is gone, and
/// the model is told. Nothing is ever put in the place of a mark: whoever gets a model to write one would be given the
/// secret.
final class WrittenArguments: Sendable {
    private struct Key: Hashable {
        var task: TaskNumber
        var step: StepPath
        var run: RunNumber
        var turn: Int
        var call: String
    }

    private struct State {
        var arguments: [Key: JSONObject] = [:]
        /// Oldest first.
        var keys = Queue<Key>()
    }

    private let state = Mutex(State())

    /// Keeps those of a turn of which the journal will hide something; of all turns the latest.
    func keep(_ calls: [ToolRequest], of session: AgentSession, turn: Int) {
        let hiding = calls.filter { session.redactor.redact(.object($0.arguments)) != .object($0.arguments) }
        guard !hiding.isEmpty else { return }
        state.withLock { state in
            for call in hiding {
                let key = Self.key(call.id, session, turn)
                if state.arguments.updateValue(call.arguments, forKey: key) == nil { state.keys.append(key) }
            }
            while state.arguments.count > Limits.writtenArgumentsKept, let oldest = state.keys.popFirst() {
                state.arguments[oldest] = nil
            }
        }
    }

    /// What a tool is given; nil when something is hidden in the arguments and nobody knows any more what.
    func arguments(of request: ToolRequest, in session: AgentSession, turn: Int) -> JSONObject? {
        let written = state.withLock { $0.arguments[Self.key(request.id, session, turn)] }
        // A person may have changed them.
        if let written, session.redactor.redact(.object(written)) == .object(request.arguments) { return written }
        let text = JSON.object(request.arguments).text
        return text.contains(Redactor.mark) || text.contains("[secret ") ? nil : request.arguments
    }

    private static func key(_ call: String, _ session: AgentSession, _ turn: Int) -> Key {
        Key(task: session.work.task, step: session.work.step, run: session.work.run, turn: turn, call: call)
    }
}
