/// The tasks that a filter lets pass.
struct TaskMatches: Sendable {
    var bits: TaskBitmap
    /// Those among them of which `task_order` does not know, or no longer what is true: by number.
    var loose: [TaskEntry]

    var count: Int { bits.count }

    /// Keeps only these.
    mutating func formIntersection(_ other: TaskBitmap) {
        bits.formIntersection(other)
        loose.removeAll { !bits.contains($0.number) }
    }
}
