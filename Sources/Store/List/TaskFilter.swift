public import Core

/// Which tasks are meant: those that fit every member. Of several values in one member a task needs one; a member without
/// values lets all pass.
public struct TaskFilter: Sendable, Hashable {
    public var statuses: [String] = []
    public var groups: [TaskGroup] = []
    public var waitingReasons: [String] = []
    public var causes: [String] = []
    public var triggers: [String] = []
    /// Each is `provider/model`, a provider, or `defaultModel`; any that a task has used counts.
    public var models: [String] = []
    /// Names of plans; an app is found by that of its plan.
    public var plans: [String] = []
    public var tags: [String] = []
    /// When they were created, both included.
    public var from: Timestamp?
    public var to: Timestamp?
    /// What must stand in the name or the prompt, or be the number.
    public var text: TaskSearchText?

    /// Stands among `models` for the model that was the default when a task was made, whatever it was.
    public static let defaultModel = "default"

    public init() {}

    /// Whether it leaves nothing out.
    public var isEmpty: Bool { self == TaskFilter() }

    /// What a task must have one value of, for each member that is not empty.
    public var conditions: [[TaskFacetValue]] {
        [
            statuses.map { TaskFacetValue(.status, $0) }, groups.map { TaskFacetValue(.group, $0.rawValue) },
            waitingReasons.map { TaskFacetValue(.waitingReason, $0) }, causes.map { TaskFacetValue(.cause, $0) },
            triggers.map { TaskFacetValue(.trigger, $0) }, models.map(Self.value(ofModel:)),
            plans.map { TaskFacetValue(.plan, $0) }, tags.map { TaskFacetValue(.tag, $0) },
        ].filter { !$0.isEmpty }
    }

    private static func value(ofModel name: String) -> TaskFacetValue {
        if name == defaultModel { return TaskFacetValue(.defaultModel, "") }
        return TaskFacetValue(name.contains("/") ? .model : .provider, name)
    }

    /// Whether the times that it names leave a task in.
    public func includes(created: Timestamp) -> Bool {
        if let from, created < from { return false }
        if let to, created > to { return false }
        return true
    }
}
