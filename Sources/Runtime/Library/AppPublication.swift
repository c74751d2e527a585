internal import Core
public import Plans

/// What is asked for when a version of a plan is published as an app.
public struct AppPublication: Sendable {
    public var name: String
    public var plan: String
    /// Nil for the version that runs.
    public var version: PlanVersionChoice?
    /// For people; nil for the plan's own.
    public var summary: String?
    /// Nil for one for each input of the plan.
    public var parameters: [AppParameterDraft]?
    /// Nil for the local user.
    public var author: String?

    public init(
        name: String, plan: String, version: PlanVersionChoice? = nil, summary: String? = nil,
        parameters: [AppParameterDraft]? = nil, author: String? = nil
    ) {
        self.name = name
        self.plan = plan
        self.version = version
        self.summary = summary
        self.parameters = parameters
        self.author = author
    }
}
