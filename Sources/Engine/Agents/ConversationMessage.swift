public import Core

/// What one side said in the course of a run.
public struct ConversationMessage: Sendable, Hashable {
    public var speaker: Speaker
    public var text: String
    /// Of a model and a tool: all that was said, in the form of `MessagePart`; nil for the text alone.
    public var parts: JSON?
    /// Of a tool: the id of the call that it answers, and its name.
    public var call: String?
    public var tool: String?
    /// Of a tool: whether it failed.
    public var isError: Bool

    public enum Speaker: String, Sendable {
        case model, person, tool
        /// Signalbox itself: what is to be mended, that a bound is near.
        case signalbox
    }

    public init(
        speaker: Speaker, text: String, parts: JSON? = nil, call: String? = nil, tool: String? = nil,
        isError: Bool = false
    ) {
        self.speaker = speaker
        self.text = text
        self.parts = parts
        self.call = call
        self.tool = tool
        self.isError = isError
    }

    /// What a tool has answered.
    public init(_ result: ToolReturn, of request: ToolRequest) {
        self.init(
            speaker: .tool, text: result.text, parts: result.parts, call: request.id, tool: request.tool,
            isError: result.isError)
    }

    /// What a model has answered.
    public init(answer: Turn) {
        self.init(
            speaker: .model, text: answer.response["text"]?.stringValue ?? "", parts: answer.response["parts"])
    }

    /// About how much of a request it makes, in bytes.
    public var size: Int {
        guard let parts else { return text.utf8.count }
        return parts.arrayValue?.reduce(0) { $0 + PartSize.bytes(of: $1) } ?? parts.bytes.count
    }
}

extension ConversationMessage {
    /// The form of the journal.
    public var json: JSON {
        var object: JSONObject = ["speaker": .string(speaker.rawValue), "text": .string(text)]
        object["parts"] = parts
        object["call"] = call.map(JSON.string)
        object["tool"] = tool.map(JSON.string)
        if isError { object["error"] = true }
        return .object(object)
    }

    init(_ json: JSON) throws {
        guard let speaker = json["speaker"]?.stringValue.flatMap(Speaker.init(rawValue:)),
            let text = json["text"]?.stringValue
        else { throw JournalFormatError.member("conversation") }
        self.init(
            speaker: speaker, text: text, parts: json["parts"], call: json["call"]?.stringValue,
            tool: json["tool"]?.stringValue, isError: json["error"]?.boolValue ?? false)
    }
}
