public import Core

/// What the page of one turn shows.
public struct TurnPageView: Sendable {
    public var address: RunAddress
    public var taskName: String
    /// When its answer had come.
    public var at: Timestamp
    public var turn: TurnView
    /// The numbers of all turns of its run.
    public var turns: [Int]
    /// The numbers of all runs of its step that have asked a model.
    public var runs: [RunNumber]
    public var request: ModelRequestView
    /// The answer as it is on record.
    public var response: JSON
    /// Whether all of the request is asked for, and not only what is new in it.
    public var showsWhole: Bool
    public var approvals: Int
    public var now: Timestamp

    public init(
        address: RunAddress, taskName: String, at: Timestamp, turn: TurnView, turns: [Int], runs: [RunNumber],
        request: ModelRequestView, response: JSON, showsWhole: Bool = false, approvals: Int = 0, now: Timestamp
    ) {
        self.address = address
        self.taskName = taskName
        self.at = at
        self.turn = turn
        self.turns = turns
        self.runs = runs
        self.request = request
        self.response = response
        self.showsWhole = showsWhole
        self.approvals = approvals
        self.now = now
    }
}

/// What a model was sent.
public struct ModelRequestView: Sendable {
    public var system: String?
    public var messages: [ModelMessageView]
    /// How many of them it knew from the turn before.
    public var known: Int
    public var tools: [ModelToolView]
    public var parameters: JSONObject
    /// What was left out for lack of room, in a sentence.
    public var trimmed: String?

    public init(
        system: String? = nil, messages: [ModelMessageView], known: Int = 0, tools: [ModelToolView] = [],
        parameters: JSONObject = [:], trimmed: String? = nil
    ) {
        self.system = system
        self.messages = messages
        self.known = known
        self.tools = tools
        self.parameters = parameters
        self.trimmed = trimmed
    }
}

/// One message to a model, or one that it has written before.
public struct ModelMessageView: Sendable {
    /// `user`, `assistant`
    public var role: String
    public var parts: [Part]

    /// What it is made of.
    public enum Part: Sendable {
        case text(String)
        case thinking(String)
        case call(tool: String, arguments: JSON)
        case result(tool: String, PayloadView, isError: Bool)
        case file(String)
        /// What has no form of its own here, as it is on record.
        case other(JSON)
    }

    public init(role: String, parts: [Part]) {
        self.role = role
        self.parts = parts
    }
}

/// A tool that a model was offered.
public struct ModelToolView: Sendable {
    public var name: String
    public var summary: String
    /// What its arguments must be, as a JSON Schema.
    public var schema: JSON

    public init(name: String, summary: String, schema: JSON) {
        self.name = name
        self.summary = summary
        self.schema = schema
    }
}
