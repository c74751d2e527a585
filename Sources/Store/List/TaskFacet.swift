/// A property by whose values tasks can be filtered; a task has none, one or several of them.
public enum TaskFacet: Int64, Sendable, CaseIterable {
    case status = 1
    /// One of `TaskGroup`.
    case group
    /// Everything that it waits for.
    case waitingReason
    case cause
    case trigger
    /// The name of its plan, and that of the app that it was made from.
    case plan
    /// Every model it has used, as `provider/model`.
    case model
    /// The part of a model's name before the first `/`.
    case provider
    /// There where it ran on the model that was the default then; the text is empty.
    case defaultModel
    case tag
}

/// A value of a facet.
public struct TaskFacetValue: Sendable, Hashable {
    public var facet: TaskFacet
    public var text: String

    public init(_ facet: TaskFacet, _ text: String) {
        self.facet = facet
        self.text = text
    }
}

extension TaskRow {
    /// All values that it is found by; none twice.
    public var facetValues: [TaskFacetValue] {
        var values = [
            TaskFacetValue(.status, status), TaskFacetValue(.group, TaskGroup(self).rawValue),
            TaskFacetValue(.trigger, trigger), TaskFacetValue(.plan, planName),
        ]
        if let app, app != planName { values.append(TaskFacetValue(.plan, app)) }
        for reason in waitingReasons { values.append(TaskFacetValue(.waitingReason, reason)) }
        if let failureCause { values.append(TaskFacetValue(.cause, failureCause)) }
        for model in models {
            values.append(TaskFacetValue(.model, model))
            let provider = TaskFacetValue(.provider, String(model.prefix { $0 != "/" }))
            if !values.contains(provider) { values.append(provider) }
        }
        if usesDefaultModel { values.append(TaskFacetValue(.defaultModel, "")) }
        for tag in tags {
            let value = TaskFacetValue(.tag, tag)
            if !values.contains(value) { values.append(value) }
        }
        return values
    }
}
