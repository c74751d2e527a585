public import Core
public import Engine

/// One step with what each of its runs was given, has made and left behind.
public struct TracedStep: Sendable {
    public var step: StepDetail
    /// Oldest first.
    public var runs: [TracedRun]
    /// Whether it has more events than were read, so that what came later may be missing.
    public var isCutOff: Bool

    /// The run of that number.
    public func run(_ number: RunNumber) -> TracedRun? { runs.last { $0.number == number } }
}

/// One run of a step with its contents.
public struct TracedRun: Sendable {
    public var number: RunNumber
    public var startedAt: Timestamp?
    public var endedAt: Timestamp?
    /// How it ended, in the word of the event; nil while it is under way.
    public var ending: EventKind?
    public var failure: Failure?
    public var input: JSON?
    public var output: JSON?
    /// What it left beside its output: exit code, streams, response.
    public var trace: JSON?
    public var files: [TaskFileDetail] = []
    /// What it asked of models and tools; nil where it asked none.
    public var models: RunTrace?
    /// Why there was this one; nil for the first.
    public var cause: String?
}
