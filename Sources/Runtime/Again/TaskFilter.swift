internal import CEL
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

    /// A time as people and programs write it: RFC 3339, or a day in UTC, which stands for its beginning or its end.
    public static func time(_ text: String, isEnd: Bool) -> Timestamp? {
        let isDay = text.utf8.count == 10
        return Timestamp(rfc3339: isDay ? text + (isEnd ? "T23:59:59.999Z" : "T00:00:00Z") : text)
    }

    func matches(_ task: TaskRow) -> Bool {
        if let plan, task.planName != plan { return false }
        if let status, task.status != status.rawValue { return false }
        if let from, task.created < from { return false }
        if let to, task.created > to { return false }
        return true
    }
}
