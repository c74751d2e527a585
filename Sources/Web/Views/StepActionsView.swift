public import Core

/// What can be done from a step on.
public struct StepActionsView: Sendable, Hashable {
    public var task: TaskNumber
    public var step: StepPath
    /// The plan in which it can be edited; nil when that is not saved.
    public var plan: String?
    /// Whether another version of the plan runs now.
    public var isPlanChanged: Bool
    /// Whether the task has ended, so that it can be repeated from here.
    public var canRepeat: Bool

    public init(
        task: TaskNumber, step: StepPath, plan: String? = nil, isPlanChanged: Bool = false, canRepeat: Bool = false
    ) {
        self.task = task
        self.step = step
        self.plan = plan
        self.isPlanChanged = isPlanChanged
        self.canRepeat = canRepeat
    }
}
