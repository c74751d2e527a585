public import Core

/// One time that a version of a plan or an agent was saved.
public struct SavingRow: Sendable, Hashable {
    public var savedAt: Timestamp
    /// Who saved it, and what they said about it.
    public var author: String?
    public var note: String?

    public init(savedAt: Timestamp, author: String?, note: String?) {
        self.savedAt = savedAt
        self.author = author
        self.note = note
    }
}

/// What the library keeps versions of.
public enum LibraryKind: Sendable, Hashable, CaseIterable {
    case plan, agent
}
