public import Core

/// What deciding who of a concurrency key goes next needs to know of an unfinished task.
public struct AdmissionRow: Sendable, Hashable {
    public var task: TaskNumber
    public var key: String
    public var limit: Int?
    public var priority: Int
    public var isAdmitted: Bool

    public init(task: TaskNumber, key: String, limit: Int?, priority: Int, isAdmitted: Bool) {
        self.task = task
        self.key = key
        self.limit = limit
        self.priority = priority
        self.isAdmitted = isAdmitted
    }
}
