public import Core

/// Which stretch of a task's events is read. Its ends are counted within the task, so that a page keeps its place while
/// others are written.
public struct EventQuery: Sendable, Hashable {
    public var task: TaskNumber
    /// Only those from this one on, by their `sequence`.
    public var from: Int64
    /// Only those before this one, by their `sequence`; nil for all up to the newest.
    public var before: Int64?
    /// Only these kinds; nil for all.
    public var kinds: [String]?
    /// Only those of this step and of what stands in it; nil for all.
    public var step: StepPath?
    /// How many at most; where there are more, the last of them are meant.
    public var limit: Int

    public init(
        _ task: TaskNumber, from: Int64 = 1, before: Int64? = nil, kinds: [String]? = nil, step: StepPath? = nil,
        limit: Int
    ) {
        self.task = task
        self.from = from
        self.before = before
        self.kinds = kinds
        self.step = step
        self.limit = limit
    }
}
