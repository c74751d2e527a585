public import Core

/// What became of a step, an iteration or a path, without what was said of it: all that a repetition looks at.
public struct StepEnding: Sendable, Hashable {
    public var path: StepPath
    public var kind: String
    public var status: String
    /// From its beginning to its end; 0 where it did not begin or has not ended.
    public var milliseconds: Int64
    public var cost: Money

    public init(path: StepPath, kind: String, status: String, milliseconds: Int64, cost: Money) {
        self.path = path
        self.kind = kind
        self.status = status
        self.milliseconds = milliseconds
        self.cost = cost
    }
}

/// The iterations of a loop in which the same steps came to the same ends.
public struct IterationShape: Sendable, Hashable {
    public var count: Int
    /// The first of them.
    public var first: Int
    /// All of them, in order; nil where they are many.
    public var indexes: [Int]?

    public init(count: Int, first: Int, indexes: [Int]?) {
        self.count = count
        self.first = first
        self.indexes = indexes
    }
}

/// What the same step of all iterations of a loop has taken, of those that came to the same end.
public struct IterationSum: Sendable, Hashable {
    /// Behind the number of the iteration: `/read`; empty for the iteration itself.
    public var place: String
    public var status: String
    public var count: Int
    public var milliseconds: Int64
    public var cost: Money

    public init(place: String, status: String, count: Int, milliseconds: Int64, cost: Money) {
        self.place = place
        self.status = status
        self.count = count
        self.milliseconds = milliseconds
        self.cost = cost
    }
}

/// Where the contents of a step are looked for.
public struct StepMoment: Sendable, Hashable {
    public var path: StepPath
    public var started: Timestamp?
    public var ended: Timestamp?
    public var runs: Int

    public init(_ row: StepRow) {
        path = row.path
        started = row.started
        ended = row.ended
        runs = row.runs
    }
}

/// The events of a step that have its contents.
public struct StepContents: Sendable {
    /// The latest that says what it was given, and what it has made; nil where none does.
    public var input: EventRow?
    public var output: EventRow?

    public init(input: EventRow? = nil, output: EventRow? = nil) {
        self.input = input
        self.output = output
    }
}
