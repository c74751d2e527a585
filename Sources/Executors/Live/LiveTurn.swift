internal import Core
internal import Providers
internal import Secrets
internal import Synchronization

/// Lets others hear what a model says while it says it, without secrets, also where one comes in pieces.
final class LiveTurn: Sendable {
    private struct State: Sendable {
        var text: StreamedRedaction
        var thinking: StreamedRedaction
    }

    private let source: LiveSource
    private let listener: any LiveListener
    private let state: Mutex<State>

    init(_ source: LiveSource, listener: any LiveListener, redactor: Redactor) {
        self.source = source
        self.listener = listener
        state = Mutex(State(text: StreamedRedaction(redactor), thinking: StreamedRedaction(redactor)))
    }

    func note(_ event: ModelEvent) {
        switch event {
        case .text(let stretch): tell(.text, state.withLock { $0.text.take(stretch) })
        case .reasoning(let stretch): tell(.thinking, state.withLock { $0.thinking.take(stretch) })
        case .toolCall:
            // What was held back of a text that may go on is its end now.
            let (thinking, text) = state.withLock { ($0.thinking.finish(), $0.text.finish()) }
            tell(.thinking, thinking)
            tell(.text, text)
        default: break
        }
    }

    /// The answer is whole, or will not be.
    func end() { listener.end(source) }

    private func tell(_ kind: LiveStretch.Kind, _ text: String?) {
        if let text, !text.isEmpty { listener.hear(LiveStretch(kind, text), from: source) }
    }
}
