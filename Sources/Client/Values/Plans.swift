public import Core

/// What is told of a version of a saved plan.
public struct PlanSummary: Sendable {
    public var name: String
    public var description: String?
    /// The address of the version.
    public var hash: String
    public var saved: Timestamp
    public var author: String?
    public var note: String?
    /// The version that runs; nil for a plan that came with a task and was never saved.
    public var current: String?
    /// The version that runs whatever is saved later.
    public var published: String?
    /// In lists of versions: each time that it was saved, the last one first.
    public var savings: [SavedTime]
    /// Since when nobody runs it by its name.
    public var archived: Timestamp?
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        let fields = try Fields(json, "a plan")
        name = try fields.string("name")
        description = fields.text("description")
        hash = try fields.string("hash")
        saved = try fields.time("saved")
        author = fields.text("author")
        note = fields.text("note")
        current = fields.text("current")
        published = fields.text("published")
        savings = try json["savings"]?.arrayValue?.map(SavedTime.init) ?? []
        archived = fields.moment("archived")
    }
}

/// A saved plan with its document.
public struct PlanText: Sendable {
    public var summary: PlanSummary
    /// What messages call the document.
    public var path: String
    public var text: String
    /// Files that stand beside it.
    public var files: [String: String]

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a plan")
        summary = try PlanSummary(json)
        path = try fields.string("path")
        text = try fields.string("text")
        files = [:]
        for member in json["files"]?.objectValue ?? [:] { files[member.name] = member.value.stringValue }
    }
}
