/// What the run of an agent does next, as the machine has decided.
public enum AgentOrder: Sendable {
    /// Asks the model to go on from that conversation, which begins behind the prompt.
    /// - Parameter turn: which turn of the run it is, from 1.
    case askModel([ConversationMessage], turn: Int, bounds: AnswerBounds)
    /// Carries out tool calls, all at the same time; each was journaled as begun.
    /// - Parameter turn: which turn of the run asked for them, from 1.
    case callTools([ToolRequest], turn: Int)
    /// Asks a model whether the latest calls go round in circles.
    case checkLoop([RecentCall], model: String?)
    /// Nothing: other calls are still under way, or the run waits or has ended.
    case rest

    /// A call that was made, as it is judged.
    public struct RecentCall: Sendable {
        public var request: ToolRequest
        /// What it gave; nil when that is not known.
        public var result: String?
        public var hasFailed: Bool
    }

    var isRest: Bool { if case .rest = self { true } else { false } }
}
