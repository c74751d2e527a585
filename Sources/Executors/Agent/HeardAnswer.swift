internal import Core
internal import Providers
internal import Synchronization

/// What has arrived of an answer, for the case that the rest does not.
final class HeardAnswer: Sendable {
    private let state = Mutex<(text: String, reasoning: String, callBytes: Int)>(("", "", 0))

    func note(_ event: ModelEvent) {
        state.withLock { state in
            switch event {
            case .text(let stretch): state.text += stretch
            case .reasoning(let stretch): state.reasoning += stretch
            case .toolCall(_, let name): state.callBytes += name.utf8.count
            case .toolArguments(let stretch): state.callBytes += stretch.utf8.count
            default: break
            }
        }
    }

    /// Nil when nothing has arrived. Calls that had begun are none, and are not in it.
    var response: ModelResponse? {
        let (text, reasoning, callBytes) = state.withLock { $0 }
        guard !text.isEmpty || !reasoning.isEmpty || callBytes > 0 else { return nil }
        return ModelResponse(text: text, reasoning: reasoning.isEmpty ? nil : reasoning, stopReason: .cut)
    }

    /// The same with the tokens of calls that had begun: they were written, and are paid for. Four bytes a token, as for
    /// other text that nobody counted.
    func counted(_ response: ModelResponse) -> ModelResponse {
        var response = response
        response.usage?.output += Int64(state.withLock(\.callBytes) + 3) / 4
        return response
    }
}
