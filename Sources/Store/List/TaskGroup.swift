/// The groups in which a page shows tasks (product §2): each task is in one of them.
public enum TaskGroup: String, Sendable, CaseIterable {
    /// A person has to decide something, also while other steps run.
    case approvalRequired = "approval_required"
    case running
    /// Queued, or waiting for anything but a person.
    case waiting
    case failed
    /// Completed.
    case finished
    case cancelled

    /// The reasons for waiting that a person ends.
    public static let personReasons: Set = ["approval", "review", "question", "budget", "in_doubt"]

    /// The group of a task.
    public init(_ task: TaskRow) {
        switch task.status {
        case "completed": self = .finished
        case "failed": self = .failed
        case "cancelled": self = .cancelled
        case _ where task.openRequests > 0 || task.waitingReasons.contains(where: Self.personReasons.contains):
            self = .approvalRequired
        case "running": self = .running
        default: self = .waiting
        }
    }
}
