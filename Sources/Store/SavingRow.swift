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

/// Who saves a version without a word about it: the version keeps its author and note, this time of saving has neither's.
public struct SilentSaver: Sendable, Hashable {
    /// Nil for the local user of a server that has no name for them.
    public var name: String?

    public init(name: String?) { self.name = name }
}

/// What the library keeps versions of.
public enum LibraryKind: Sendable, Hashable, CaseIterable {
    case plan, agent
}
