internal import Core
internal import Engine
internal import Providers

/// Refuses a request that cannot fit its model, before anything is sent and paid for. Reckoned so that nothing is refused
/// that might fit: most texts have some four bytes a token, and here six are taken for one; files are not counted.
struct ContextBound {
    /// What the model takes in, in tokens, as settings or price table say; nil where nobody knows, and nothing is refused.
    let window: Int?

    static let bytesPerToken = 6

    /// Why the request cannot be sent; nil when it may fit.
    func misfit(of request: ModelRequest) -> Failure? {
        guard let window else { return nil }
        let system = request.system?.utf8.count ?? 0
        let tools = request.tools.reduce(0) { $0 + $1.summary.utf8.count + $1.parameters.bytes.count }
        let conversation = request.messages.reduce(0) { $0 + $1.allText.utf8.count }
        let tokens = (system + tools + conversation) / Self.bytesPerToken
        guard tokens > window else { return nil }
        func count(_ bytes: Int) -> String { "\(bytes / Self.bytesPerToken)" }
        let said = request.messages.count > 1 ? "conversation" : "prompt"
        return Failure(
            .validation,
            """
            The request does not fit the model \(request.model), so it was not sent: it has at least \(tokens) tokens \
            (\(said) \(count(conversation)), system prompt \(count(system)), tools \(count(tools)), reckoned at \
            \(Self.bytesPerToken) bytes a token), and the model takes in \(window). Shorten it, give the agent fewer tools, or \
            take a model with a larger context.
            """)
    }
}
