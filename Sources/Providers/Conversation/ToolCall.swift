public import Core

/// A model wants a tool to be called.
public struct ToolCall: Sendable, Hashable {
    /// The provider's id, which the result must name. Not empty and unique within a response: where a provider gives
    /// none, or the same twice, one is made up (`call_1` …).
    public var id: String
    /// The tool's name as the model wrote it; there may be no such tool.
    public var name: String
    /// An object; empty when `malformed` says what it was instead.
    public var arguments: JSONObject
    /// What the model wrote where a JSON object was to be, if it was none.
    public var malformed: String?
    /// What the provider wants to get back with it, as in `Thinking`.
    public var state: JSON?

    public init(id: String, name: String, arguments: JSONObject, malformed: String? = nil, state: JSON? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.malformed = malformed
        self.state = state
    }

    /// Reads arguments as models write them: a JSON object as text, nothing at all for none.
    public init(id: String, name: String, argumentText text: String, state: JSON? = nil) {
        self.init(id: id, name: name, arguments: [:], state: state)
        guard !text.allSatisfy(\.isWhitespace) else { return }
        do {
            guard case .object(let members) = try JSON(parsing: text) else {
                malformed = text
                return
            }
            arguments = members
        } catch {
            malformed = text
        }
    }
}

/// What a tool has answered.
public struct ToolResult: Sendable, Hashable {
    /// The id of its call.
    public var callID: String
    /// The tool's name, which some providers want again.
    public var name: String
    /// Text and files.
    public var parts: [MessagePart]
    /// Whether it is an error, told to the model as such.
    public var isError: Bool

    public init(callID: String, name: String, parts: [MessagePart], isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.parts = parts
        self.isError = isError
    }

    /// All text in it.
    public var text: String { parts.compactMap(\.text).joined() }
}
