public import Core

/// All named lists of tasks.
public struct ViewList: Sendable {
    public var views: [ViewSummary]
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        views = try Fields(json, "a list of views").array("views").map(ViewSummary.init)
    }
}

/// Filters and an order of the list of tasks, kept under a name.
public struct ViewSummary: Sendable {
    public var name: String
    /// What a list is asked by, under the names of the API: `status`, `tag`, last `sort`.
    public var parameters: [(name: String, value: String)]
    public var saved: Timestamp
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a view")
        self.json = json
        name = try fields.string("name")
        saved = try fields.time("saved")
        parameters = (json["filters"]?.objectValue ?? [:]).compactMap { member in
            member.value.stringValue.map { (member.name, $0) }
        }
        if let sort = fields.text("sort") { parameters.append(("sort", sort)) }
    }
}
