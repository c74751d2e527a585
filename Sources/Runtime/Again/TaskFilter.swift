public import Core
public import Engine
internal import Store

/// Which tasks something is done to.
public struct TaskFilter: Sendable, Hashable {
    public var plan: String?
    public var status: TaskStatus?
    /// When they were created, both included.
    public var from: Timestamp?
    public var to: Timestamp?

    public init(plan: String? = nil, status: TaskStatus? = nil, from: Timestamp? = nil, to: Timestamp? = nil) {
        self.plan = plan
        self.status = status
        self.from = from
        self.to = to
    }

    /// Whether it leaves nothing out.
    public var isEmpty: Bool { self == TaskFilter() }

    func matches(_ task: TaskRow) -> Bool {
        if let plan, task.planName != plan { return false }
        if let status, task.status != status.rawValue { return false }
        if let from, task.created < from { return false }
        if let to, task.created > to { return false }
        return true
    }
}
