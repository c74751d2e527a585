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
    /// Who saved it last, and what they said about it then.
    public var author: String?
    public var note: String?
    /// Where author and note are those of an earlier time: who saves it now. The store does not give it back.
    public var silentSaver: SilentSaver?
    /// Whether it is only brought back, which is no time of saving. The store does not give it back.
    public var isBroughtBack = false

    /// How it stands, for those who change it only as they have seen it.
    public var standing: String { isListed ? "listed" : "archived" }

    public init(
        hash: ContentHash, name: String, summary: String?, path: String, text: String, files: [String: String],
        savedAt: Timestamp, isListed: Bool, author: String? = nil, note: String? = nil
    ) {
        self.hash = hash
        self.name = name
        self.summary = summary
        self.path = path
        self.text = text
        self.files = files
        self.savedAt = savedAt
        self.isListed = isListed
        self.author = author
        self.note = note
    }

    /// The last time that it was saved.
    public var saving: SavingRow {
        if let silentSaver { return SavingRow(savedAt: savedAt, author: silentSaver.name, note: nil) }
        return SavingRow(savedAt: savedAt, author: author, note: note)
    }
}
