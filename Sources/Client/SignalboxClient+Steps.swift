public import Core

/// The steps of a task one page at a time.
extension SignalboxClient {
    /// A page of the steps that stand directly in one place of a task, in order.
    /// - Parameters:
    ///   - container: the path of a loop, a branch, an iteration or a path of a branch; nil for the root.
    ///   - after: the step behind which the page begins: `next` of the page before.
    ///   - isFailedOnly: only those that have failed.
    ///   - size: how many steps a page has, at most 100.
    public func steps(
        _ reference: String, in container: String? = nil, after: String? = nil, isFailedOnly: Bool = false,
        size: Int = 25
    ) async throws -> StepPage {
        var target = "/api/tasks/\(PercentEncoding.segment(reference))/steps?size=\(size)"
        if let container { target += "&in=\(PercentEncoding.segment(container))" }
        if let after { target += "&after=\(PercentEncoding.segment(after))" }
        if isFailedOnly { target += "&status=failed" }
        return try await send(APIRequest("GET", target), StepPage.init)
    }
}

/// A page of steps that stand in the same place.
public struct StepPage: Sendable {
    public var steps: [StepSummary]
    /// How many there are on all pages.
    public var total: Int
    /// The step behind which the next page begins; nil when this is the last one.
    public var next: String?
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a page of steps")
        self.json = json
        steps = try fields.array("steps").map(StepSummary.init)
        total = try fields.count("total")
        next = fields.text("next")
    }
}
