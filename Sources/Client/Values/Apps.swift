public import Core

/// A plan that was published with a description and parameters.
public struct AppSummary: Sendable {
    public var name: String
    public var description: String?
    public var planName: String
    /// The address of the plan's version.
    public var planHash: String
    /// As the API gave them.
    public var parameters: [JSON]
    public var published: Timestamp
    public var author: String?
    /// Since when nobody runs it.
    public var archived: Timestamp?
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        let fields = try Fields(json, "an app")
        name = try fields.string("name")
        description = fields.text("description")
        planName = try fields.object("plan").string("name")
        planHash = try fields.object("plan").string("hash")
        parameters = try fields.array("parameters")
        published = try fields.time("published")
        author = fields.text("author")
        archived = fields.moment("archived")
    }
}
