public import Core
public import Engine

/// One request to a model with its answer and the tool calls that came of it, as the journal has it.
public struct TurnTrace: Sendable {
    /// Which call of a model in its run it was, from 1; checks for loops count too.
    public var number: Int
    public var at: Timestamp
    public var turn: Turn
    public var request: TurnRequest
    public var calls: [ToolCallTrace]
    /// Set when it was reckoned anew since.
    public var repricing: TurnRepricing?

    /// What it is taken to cost now; nil for unknown.
    public var cost: Money? { repricing.map(\.after) ?? turn.cost }

    /// How that was reckoned.
    public var price: JSON? { repricing.map(\.price) ?? turn.price }

    /// The model as its provider calls it that answered.
    public var answeredBy: String? { turn.response["model"]?.stringValue }

    /// Whether the provider itself said what it costs.
    public var isCostReported: Bool { turn.price?["source"]?.stringValue == "provider" }

    /// Whether anybody has said how many tokens there were, if only by their length.
    public var isUsageKnown: Bool { turn.response["tokens"]?.stringValue != "not reported" }

    /// Whether the tokens were guessed from the lengths of the texts.
    public var isUsageEstimated: Bool { turn.response["estimated"]?.boolValue ?? false }
}

/// That a turn was reckoned anew.
public struct TurnRepricing: Sendable, Hashable {
    public var at: Timestamp
    public var by: String?
    /// The version of the table of prices.
    public var table: String
    /// What it was taken to cost at first.
    public var before: Money?
    public var after: Money?
    public var price: JSON?
}

/// What a model was sent. The journal has the first request of a run whole, of the others only what was new; here all are
/// whole again.
public struct TurnRequest: Sendable {
    public var system: String?
    public var messages: [JSON] = []
    public var tools: JSON?
    public var parameters: JSON?
    /// What was left out because the context of the model has no room for it; nil for nothing.
    public var trimmed: JSON?
    /// Which tools the agent had to do without, and why; a sentence each.
    public var unavailable: [String] = []
    /// How many messages the model was sent.
    public var messageCount: Int?

    /// Whether `messages` are what the model was sent.
    public var isWhole: Bool { messageCount == nil || messageCount == messages.count }
}

/// A tool call of an agent from the wish of the model to its result.
public struct ToolCallTrace: Sendable {
    /// As it was begun; before that as the model wants it.
    public var request: ToolRequest
    /// When it was begun; more than once when a crash cut it off.
    public var starts: [Timestamp] = []
    public var endedAt: Timestamp?
    /// Nil while there is none.
    public var result: ToolReturn?
    /// What people were asked about it, and what they said.
    public var decisions: [CallDecision] = []
}

/// A question to a person in the course of a run.
public struct CallDecision: Sendable {
    public var request: DecisionRequest
    public var decidedAt: Timestamp?
    /// Nil while nobody has decided.
    public var decision: Decision?
}
