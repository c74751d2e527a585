public import Engine

/// Makes what an agent does durable, and says what it does next.
public protocol AgentJournal: Sendable {
    /// A model has answered.
    /// - Parameters:
    ///   - number: which turn of the run it is, from 1.
    ///   - outcome: how the run ends with this answer; nil when it goes on.
    ///   - correction: what the model is told first, because its answer cannot be used.
    ///   - looks: what calls of the answer that only look have said already, by their ids.
    func record(
        _ turn: Turn, number: Int, outcome: StepOutcome?, correction: String?, looks: [String: ToolReturn]
    ) async throws -> AgentOrder

    /// The first request of the run comes to so much.
    /// - Parameter bytes: without what was said in the run before.
    func size(bytes: Int) async throws -> AgentOrder

    /// A tool call has come to its end.
    func finish(_ call: String, _ result: ToolReturn) async throws -> AgentOrder

    /// A tool wants to know something from a person before it goes on with the call.
    func pause(_ call: String, _ question: ToolQuestion) async throws -> AgentOrder

    /// A model has said whether the agent goes round in circles.
    /// - Parameter reason: why it does; nil when it does not.
    func recordLoopCheck(_ turn: Turn, reason: String?) async throws -> AgentOrder
}
