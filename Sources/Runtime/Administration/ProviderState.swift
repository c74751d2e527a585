/// A provider of models, as people who look after an installation see it: no secret is in it.
public struct ProviderState: Sendable {
    public var name: String
    /// The interface that it speaks, in the word of the settings.
    public var kind: String
    public var baseURL: String
    /// Where its key is, in words; nil when it needs none.
    public var keyPlace: String?
    /// Whether key and headers are there; false with `problem`.
    public var isReady: Bool
    /// What is missing.
    public var problem: String?
    /// Whether the settings say something about it, beside what is known anyway.
    public var isConfigured: Bool
    /// Models that settings name, then those that tasks have used, as `provider/model`; none twice.
    public var models: [String]
}

/// An MCP server, the same way.
public struct ToolServerState: Sendable {
    public var name: String
    /// `stdio` or `http`.
    public var transport: String
    /// The program without its arguments, or the address without user and query.
    public var place: String
    public var state: State
    /// Why it is not connected, if it has failed.
    public var problem: String?

    public enum State: String, Sendable, CaseIterable {
        /// Nothing has needed it since the start.
        case idle
        case connected
        case failed
    }
}
