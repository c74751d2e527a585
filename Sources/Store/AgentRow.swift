public import Core

/// A version of an agent in the library: immutable, addressed by its hash.
public struct AgentRow: Sendable, Hashable {
    public var hash: ContentHash
    public var name: String
    public var summary: String?
    /// What messages call the document.
    public var path: String
    public var text: String
    /// The files that came with it, by path.
    public var files: [String: String]
    public var savedAt: Timestamp
    /// Whether its name finds it; false for all versions of an agent that is archived.
    public var isListed: Bool

    public init(
        hash: ContentHash, name: String, summary: String?, path: String, text: String, files: [String: String],
        savedAt: Timestamp, isListed: Bool
    ) {
        self.hash = hash
        self.name = name
        self.summary = summary
        self.path = path
        self.text = text
        self.files = files
        self.savedAt = savedAt
        self.isListed = isListed
    }
}
