public import Core

/// What stays of a task that was deleted. Its number is never given again.
public struct TombstoneRow: Sendable, Hashable {
    public var number: TaskNumber
    public var id: TaskID
    public var name: String
    public var planName: String
    public var status: String
    public var created: Timestamp
    public var ended: Timestamp?
    public var deletedAt: Timestamp
    /// A person, or `retention`.
    public var deletedBy: String

    public init(
        number: TaskNumber, id: TaskID, name: String, planName: String, status: String, created: Timestamp,
        ended: Timestamp?, deletedAt: Timestamp, deletedBy: String
    ) {
        self.number = number
        self.id = id
        self.name = name
        self.planName = planName
        self.status = status
        self.created = created
        self.ended = ended
        self.deletedAt = deletedAt
        self.deletedBy = deletedBy
    }

    /// The kind of the event that tells of it.
    public static let eventKind = "task_deleted"

    /// The tombstone of that task.
    public init(of task: TaskRow, deletedAt: Timestamp, deletedBy: String) {
        self.init(
            number: task.number, id: task.id, name: task.name, planName: task.planName, status: task.status,
            created: task.created, ended: task.ended, deletedAt: deletedAt, deletedBy: deletedBy)
    }
}
