public import Core

/// A version of an agent as lists show it: without its document and the files that came with it.
public struct AgentVersionRow: Sendable, Hashable {
    public var hash: ContentHash
    public var name: String
    public var summary: String?
    /// What messages call the document.
    public var path: String
    public var savedAt: Timestamp
    /// Whether its name finds it; false for all versions of an agent that is archived.
    public var isListed: Bool
    public var author: String?
    public var note: String?

    public init(
        hash: ContentHash, name: String, summary: String?, path: String, savedAt: Timestamp, isListed: Bool,
        author: String?, note: String?
    ) {
        self.hash = hash
        self.name = name
        self.summary = summary
        self.path = path
        self.savedAt = savedAt
        self.isListed = isListed
        self.author = author
        self.note = note
    }

    public init(_ agent: AgentRow) {
        self.init(
            hash: agent.hash, name: agent.name, summary: agent.summary, path: agent.path, savedAt: agent.savedAt,
            isListed: agent.isListed, author: agent.author, note: agent.note)
    }
}

/// A part of the versions of an agent, the one saved last first.
public struct AgentVersionListing: Sendable, Hashable {
    public var versions: [AgentVersionRow]
    /// How many there are in all.
    public var total: Int

    public init(versions: [AgentVersionRow], total: Int) {
        self.versions = versions
        self.total = total
    }
}
