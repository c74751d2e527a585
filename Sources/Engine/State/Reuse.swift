public import Core

/// What a task takes over from an earlier one, by the path of the step.
public struct Reuse: Sendable, Hashable {
    /// The task it comes from.
    public var task: TaskNumber
    public var content: Content
    /// How long the original took, in milliseconds, and what it cost: what is saved.
    public var savedMilliseconds: Int64
    public var savedCost: Money

    public enum Content: Sendable, Hashable {
        /// The step, or the iteration, is not run: this is what it hands over.
        case result(StepResult)
        /// An agent is not asked again which path to take.
        case choice(String)
        /// The run of an agent begins behind this.
        case conversation([ConversationMessage])
    }

    public init(task: TaskNumber, content: Content, savedMilliseconds: Int64, savedCost: Money) {
        self.task = task
        self.content = content
        self.savedMilliseconds = savedMilliseconds
        self.savedCost = savedCost
    }
}

extension Reuse {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["task": .int(task.rawValue), "saved_ms": .int(savedMilliseconds)]
        if savedCost != .zero { object["saved_cost"] = savedCost.journal }
        switch content {
        case .result(let result): object["result"] = result.json
        case .choice(let path): object["choice"] = .string(path)
        case .conversation(let messages): object["conversation"] = .array(messages.map(\.json))
        }
        return .object(object)
    }

    init(_ json: JSON) throws {
        guard let task = json["task"]?.intValue else { throw JournalFormatError.member("reuse") }
        let content: Content
        if let result = json["result"] {
            content = .result(try StepResult(result))
        } else if let path = json["choice"]?.stringValue {
            content = .choice(path)
        } else if let messages = json["conversation"]?.arrayValue {
            content = .conversation(try messages.map(ConversationMessage.init))
        } else {
            throw JournalFormatError.member("reuse")
        }
        self.init(
            task: TaskNumber(rawValue: task), content: content, savedMilliseconds: json["saved_ms"]?.intValue ?? 0,
            savedCost: Money("saved_cost", in: json) ?? .zero)
    }
}
