public import Core

/// A tool call that a model wants, as the executor has understood it.
public struct ToolRequest: Sendable, Hashable {
    /// The id that the model gave it; unique within its turn.
    public var id: String
    /// The tool, as the model calls it.
    public var tool: String
    /// Without what was asked beside them, and in the journal without secrets.
    public var arguments: JSONObject
    /// Whether something of the arguments is hidden; nil where nothing in them looks like a mark of that, and in journals
    /// from before this was noted.
    public var isHidden: Bool?
    /// Why the model calls it; nil when it did not say. So the next two.
    public var reason: String?
    /// From 0 to 1.
    public var confidence: Double?
    /// What else it considered.
    public var alternatives: JSON?
    /// Who carries it out.
    public var performer: Performer
    /// Whether it may simply be made again when a crash interrupted it.
    public var isRepeatable: Bool
    /// What a person has answered to what the tool asked last, with what it needs to go on and with what was said to all
    /// questions of the call that were declined; nil for a call that begins.
    public var answers: JSON?
    /// Why it cannot be carried out: there is no such tool, or the arguments do not fit. The model is told.
    public var problem: String?

    public enum Performer: String, Sendable {
        /// The executor.
        case executor
        /// A person, who is asked.
        case person
        /// Another task.
        case task
    }

    public init(
        id: String, tool: String, arguments: JSONObject, reason: String? = nil, confidence: Double? = nil,
        alternatives: JSON? = nil, performer: Performer = .executor, isRepeatable: Bool = false, problem: String? = nil
    ) {
        self.id = id
        self.tool = tool
        self.arguments = arguments
        self.reason = reason
        self.confidence = confidence
        self.alternatives = alternatives
        self.performer = performer
        self.isRepeatable = isRepeatable
        self.problem = problem
    }
}

extension ToolRequest {
    /// The form of the journal and the API.
    public var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "tool": .string(tool), "arguments": .object(arguments),
        ]
        object["hidden"] = isHidden.map(JSON.bool)
        object["reason"] = reason.map(JSON.string)
        object["confidence"] = confidence.map(JSON.double)
        object["alternatives"] = alternatives
        if performer != .executor { object["performer"] = .string(performer.rawValue) }
        if isRepeatable { object["repeatable"] = true }
        object["answers"] = answers
        object["problem"] = problem.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let id = json["id"]?.stringValue, let tool = json["tool"]?.stringValue else {
            throw JournalFormatError.member("tool")
        }
        var confidence: Double?
        switch json["confidence"] {
        case .double(let value)?: confidence = value
        case .int(let value)?: confidence = Double(value)
        default: break
        }
        self.init(
            id: id, tool: tool, arguments: json["arguments"]?.objectValue ?? [:], reason: json["reason"]?.stringValue,
            confidence: confidence, alternatives: json["alternatives"],
            performer: json["performer"]?.stringValue.flatMap(Performer.init(rawValue:)) ?? .executor,
            isRepeatable: json["repeatable"]?.boolValue ?? false, problem: json["problem"]?.stringValue)
        isHidden = json["hidden"]?.boolValue
        answers = json["answers"]
    }
}
