public import Core

/// What lists show of an agent of the library.
public struct AgentSummary: Sendable {
    public var name: String
    public var description: String?
    /// The address of its version.
    public var hash: String
    public var saved: Timestamp
    public var author: String?
    public var note: String?
    /// Whether no plan finds it by its name.
    public var isArchived: Bool
    /// In lists of versions: each time that it was saved, the last one first.
    public var savings: [SavedTime]
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        let fields = try Fields(json, "an agent")
        name = try fields.string("name")
        description = fields.text("description")
        hash = try fields.string("hash")
        saved = try fields.time("saved")
        author = fields.text("author")
        note = fields.text("note")
        isArchived = json["archived"]?.boolValue ?? false
        savings = try json["savings"]?.arrayValue?.map(SavedTime.init) ?? []
    }
}

/// An agent of the library with its document.
public struct AgentText: Sendable {
    public var summary: AgentSummary
    /// What messages call the document.
    public var path: String
    public var text: String
    /// Files that stand beside it.
    public var files: [String: String]

    init(_ json: JSON) throws {
        let fields = try Fields(json, "an agent")
        summary = try AgentSummary(json)
        path = try fields.string("path")
        text = try fields.string("text")
        files = [:]
        for member in json["files"]?.objectValue ?? [:] { files[member.name] = member.value.stringValue }
    }
}
