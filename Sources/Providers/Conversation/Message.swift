public import Core

/// One message of a conversation with a model.
public struct Message: Sendable, Hashable {
    public var role: Role
    /// In the order in which they were said.
    public var parts: [MessagePart]

    public init(_ role: Role, _ parts: [MessagePart]) {
        self.role = role
        self.parts = parts
    }

    /// A message of text alone.
    public init(_ role: Role, _ text: String) {
        self.init(role, [.text(text)])
    }

    /// All text in it.
    public var text: String { parts.compactMap(\.text).joined() }

    /// All that a model reads of it, for estimates of tokens.
    public var allText: String { parts.map(\.allText).joined(separator: "\n") }

    /// Who says it. Results of tools are said by the user.
    public enum Role: String, Sendable {
        case user, assistant
    }
}

/// A part of a message: what people and models say, show, think, and have done.
public enum MessagePart: Sendable, Hashable {
    case text(String)
    /// A picture or a document.
    case file(AttachedFile)
    /// Thinking of the model, to be handed back as it came.
    case thinking(Thinking)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
    /// A search of the web that the provider made while it answered.
    case webSearch(WebSearch)

    /// The text, if it is text.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension MessagePart {
    /// All that a model reads or writes of it, for estimates of tokens.
    public var allText: String {
        switch self {
        case .text(let text): text
        case .thinking(let thinking): thinking.text
        case .toolCall(let call): call.name + JSON.object(call.arguments).text
        case .toolResult(let result): result.parts.map(\.allText).joined()
        case .webSearch(let search): search.query
        case .file: ""
        }
    }
}

/// A picture or document that a model is shown.
public struct AttachedFile: Sendable, Hashable {
    public var name: String
    /// Such as `image/png` or `application/pdf`.
    public var mediaType: String
    /// Where its bytes are kept; they are not part of the journal.
    public var hash: ContentHash
    /// Empty until they are loaded for a request.
    public var bytes: [UInt8]

    public init(name: String, mediaType: String, hash: ContentHash, bytes: [UInt8] = []) {
        self.name = name
        self.mediaType = mediaType
        self.hash = hash
        self.bytes = bytes
    }
}

/// What a model has thought.
public struct Thinking: Sendable, Hashable {
    /// As far as it is shown; may be empty.
    public var text: String
    /// What the provider wants to get back with it (a signature, an encrypted text, an id), in the provider's own form;
    /// its member `provider` says whose it is. Another provider is not sent it.
    public var state: JSON?

    public init(text: String, state: JSON? = nil) {
        self.text = text
        self.state = state
    }
}

/// A search of the web that a provider has made for a model.
public struct WebSearch: Sendable, Hashable {
    public var query: String
    public var results: [Source]
    /// What the provider wants to get back with it, as in `Thinking`.
    public var state: JSON?

    public init(query: String, results: [Source], state: JSON? = nil) {
        self.query = query
        self.results = results
        self.state = state
    }

    /// A page that was found or cited.
    public struct Source: Sendable, Hashable {
        public var url: String
        public var title: String

        public init(url: String, title: String) {
            self.url = url
            self.title = title
        }
    }
}
