public import Core

/// What can be done with a task.
public struct TaskActionsView: Sendable, Hashable {
    public var canCancel: Bool
    public var canKill: Bool
    /// Why it cannot be retried; nil when it can.
    public var retryRefusal: String?
    /// Whether it has ended, so that it can be changed and started again, and forgotten.
    public var hasEnded: Bool
    /// Whether its plan is saved under its name, so that it can be edited.
    public var isPlanSaved: Bool
    /// Whether the plan that runs under that name now is another one than the task's.
    public var isPlanChanged: Bool
    /// The step at which the editor opens: the failed or the current one.
    public var studioStep: StepPath?

    public init(
        canCancel: Bool = false, canKill: Bool = false, retryRefusal: String? = nil, hasEnded: Bool = true,
        isPlanSaved: Bool = false, isPlanChanged: Bool = false, studioStep: StepPath? = nil
    ) {
        self.canCancel = canCancel
        self.canKill = canKill
        self.retryRefusal = retryRefusal
        self.hasEnded = hasEnded
        self.isPlanSaved = isPlanSaved
        self.isPlanChanged = isPlanChanged
        self.studioStep = studioStep
    }

    /// Why what needs an ended task cannot be done now.
    static let unfinished = "Finish, cancel or kill this task first"
}
