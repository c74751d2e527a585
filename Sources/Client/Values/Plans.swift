public import Core

/// The saved plans.
public struct PlanList: Sendable {
    public var plans: [PlanSummary]
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        plans = try Fields(json, "a list of plans").array("plans").map(PlanSummary.init)
    }
}

/// What lists show of a saved plan.
public struct PlanSummary: Sendable {
    public var name: String
    public var description: String?
    /// The address of its version.
    public var hash: String
    public var saved: Timestamp

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a plan")
        name = try fields.string("name")
        description = fields.text("description")
        hash = try fields.string("hash")
        saved = try fields.time("saved")
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
