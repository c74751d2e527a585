public import Core

/// A part of a list of tasks.
public struct TaskListing: Sendable, Hashable {
    public var tasks: [TaskRow]
    /// How many the query finds in all, or at least so many.
    public var total: Int
    /// False when it finds more than `total`.
    public var isTotalExact: Bool
    /// Where the next part begins; nil when this is the last.
    public var next: TaskCursor?
    /// The position up to which this is what the journal says.
    public var position: Position

    public init(
        tasks: [TaskRow], total: Int, isTotalExact: Bool = true, next: TaskCursor? = nil, position: Position
    ) {
        self.tasks = tasks
        self.total = total
        self.isTotalExact = isTotalExact
        self.next = next
        self.position = position
    }
}

/// How many tasks have a value of a facet.
public struct TaskCount: Sendable, Hashable {
    public var value: TaskFacetValue
    public var count: Int

    public init(_ value: TaskFacetValue, _ count: Int) {
        self.value = value
        self.count = count
    }
}
