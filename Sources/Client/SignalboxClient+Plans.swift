public import Core

/// The library of plans.
extension SignalboxClient {
    /// How many rows are asked for at once.
    static let pageSize = 100

    /// The saved plans in their latest versions, by name.
    /// - Parameters:
    ///   - text: only those whose name or description has it.
    ///   - isArchived: the archived ones instead of the others.
    public func plans(containing text: String? = nil, isArchived: Bool = false) async throws -> [PlanSummary] {
        let query = Self.query(containing: text, isArchived: isArchived)
        return try await all("/api/plans?\(query)", "plans", PlanSummary.init)
    }

    /// A version of a plan.
    /// - Parameter version: `latest`, `published`, `current` for the one that runs, or the first digits of a hash.
    public func plan(named name: String, version: String = "latest") async throws -> PlanText {
        let target = "/api/plans/\(PercentEncoding.segment(name))?version=\(PercentEncoding.segment(version))"
        return try await send(APIRequest("GET", target), PlanText.init)
    }

    /// Saves a version of a plan.
    /// - Returns: the version, and what saving it has come to.
    public func savePlan(_ document: SavedDocument) async throws -> (plan: PlanSummary, outcome: SavingOutcome) {
        try await send(document.request("/api/plans")) { (try PlanSummary($0), SavingOutcome($0, status: $1)) }
    }

    /// The saved versions of a plan, the latest first.
    public func versions(ofPlan name: String) async throws -> [PlanSummary] {
        try await all("/api/plans/\(PercentEncoding.segment(name))/versions?", "versions", PlanSummary.init)
    }

    /// Lets a version of a plan run whatever is saved later.
    /// - Parameter version: nil for the latest.
    public func publishPlan(_ name: String, version: String?) async throws -> PlanSummary {
        var body: JSONObject = [:]
        body["version"] = version.map(JSON.string)
        return try await send(
            .post("/api/plans/\(PercentEncoding.segment(name))/publish", .object(body)), PlanSummary.init)
    }

    /// Changes what the name of a plan stands for: `unpublish`, `archive` or `restore`.
    public func changePlan(_ name: String, _ change: String) async throws -> PlanSummary {
        try await send(
            APIRequest("POST", "/api/plans/\(PercentEncoding.segment(name))/\(change)"), PlanSummary.init)
    }

    /// What two versions of a plan differ in, as the API gives it.
    public func comparison(ofPlan name: String, from: String, to: String) async throws -> JSON {
        let query = "from=\(PercentEncoding.segment(from))&to=\(PercentEncoding.segment(to))"
        return try await send(APIRequest("GET", "/api/plans/\(PercentEncoding.segment(name))/diff?\(query)")) { $0 }
    }

    static func query(containing text: String?, isArchived: Bool) -> String {
        "archived=\(isArchived)" + (text.map { "&search=\(PercentEncoding.segment($0))" } ?? "")
    }

    /// All pages of a list, one after the other.
    /// - Parameter target: with the beginning of its query.
    func all<Value>(
        _ target: String, _ member: String, _ read: (JSON) throws -> Value
    ) async throws -> [Value] {
        var values: [Value] = []
        while true {
            let page = values.count / Self.pageSize + 1
            let found = try await send(APIRequest("GET", "\(target)&size=\(Self.pageSize)&page=\(page)")) { json in
                try Fields(json, "a list").array(member).map(read)
            }
            values += found
            if found.count < Self.pageSize { return values }
        }
    }
}
