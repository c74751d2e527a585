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

    private struct Arguments {
        var written: JSONObject
        var journaled: JSONObject
    }

    private struct State {
        var arguments: [Key: Arguments] = [:]
        /// Oldest first.
        var keys = Queue<Key>()

        mutating func keep(_ kept: Arguments, as key: Key) {
            if arguments.updateValue(kept, forKey: key) == nil { keys.append(key) }
            while arguments.count > Limits.writtenArgumentsKept, let oldest = keys.popFirst() {
                arguments[oldest] = nil
            }
        }
    }

    private let state = Mutex(State())

    /// Keeps those of a turn of which the journal will hide something; of all turns the latest.
    /// - Returns: the calls, which say now whether something will be hidden: a model may write what looks like a mark.
    func keep(_ calls: [ToolRequest], of session: AgentSession, turn: Int) -> [ToolRequest] {
        calls.map { call in
            var call = call
            let journaled = session.redactor.redact(.object(call.arguments)).objectValue ?? [:]
            if journaled != call.arguments {
                call.isHidden = true
                let key = Self.key(call.id, session, turn)
                state.withLock { $0.keep(Arguments(written: call.arguments, journaled: journaled), as: key) }
            } else if Self.looksHidden(call.arguments) {
                call.isHidden = false
            }
            return call
        }
    }

    /// What a tool is given.
    /// - Throws: `SignalboxError` when something is hidden in the arguments and nobody knows what is to stand there.
    func arguments(of request: ToolRequest, in session: AgentSession, turn: Int) throws -> JSONObject {
        let kept = state.withLock { $0.arguments[Self.key(request.id, session, turn)] }
        if let kept, request.arguments == kept.journaled || request.arguments == kept.written { return kept.written }
        guard request.isHidden ?? true, Self.looksHidden(request.arguments) else { return request.arguments }
        guard kept == nil else {
            let changed = JSON.object(request.arguments).text.prefix(Self.toldLengthMaximum)
            throw SignalboxError(
                .conflict,
                "A person has changed the arguments, and they still hold a secret that people are not shown, so the call was not made. Make it again with what the person wants: \(changed)"
            )
        }
        throw SignalboxError(
            .conflict,
            "The arguments held a secret. It is kept in memory alone and is gone, because the server stopped or too many calls waited. Make the call again."
        )
    }

    /// How much of changed arguments is told, in characters.
    private static let toldLengthMaximum = 2_000

    /// Whether there is something like what stands for a secret.
    private static func looksHidden(_ arguments: JSONObject) -> Bool {
        let text = JSON.object(arguments).text
        return text.contains(Redactor.mark) || text.contains("[secret ")
    }

    private static func key(_ call: String, _ session: AgentSession, _ turn: Int) -> Key {
        Key(task: session.work.task, step: session.work.step, run: session.work.run, turn: turn, call: call)
    }
}
