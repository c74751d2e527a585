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
