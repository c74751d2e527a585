internal import Core

/// What a server says about the effects of a tool. Nobody has checked it. Nil when it says nothing; the specification then
/// expects the worst: that it changes things, destroys some, and does so again when it is called again.
public struct MCPToolAnnotations: Sendable, Hashable {
    /// A name for people.
    public var title: String?
    /// It changes nothing.
    public var readOnlyHint: Bool?
    /// What it changes it may destroy.
    public var destructiveHint: Bool?
    /// Calling it again with the same arguments has no further effect.
    public var idempotentHint: Bool?
    /// It deals with the outside world.
    public var openWorldHint: Bool?

    /// Annotations.
    public init(
        title: String? = nil, readOnlyHint: Bool? = nil, destructiveHint: Bool? = nil, idempotentHint: Bool? = nil,
        openWorldHint: Bool? = nil
    ) {
        self.title = title
        self.readOnlyHint = readOnlyHint
        self.destructiveHint = destructiveHint
        self.idempotentHint = idempotentHint
        self.openWorldHint = openWorldHint
    }

    /// What is no truth value is as good as not said.
    init(_ members: JSONObject) {
        self.init(
            title: members["title"]?.stringValue, readOnlyHint: members["readOnlyHint"]?.boolValue,
            destructiveHint: members["destructiveHint"]?.boolValue,
            idempotentHint: members["idempotentHint"]?.boolValue, openWorldHint: members["openWorldHint"]?.boolValue)
    }
}
