public import Core
public import Engine
public import Store

/// A page of the steps that stand directly in one place of a task: at its root, in a loop, an iteration or a branch.
public struct StepPage: Sendable {
    public var steps: [StepDetail]
    /// How many there are on all pages; of a loop those that have begun.
    public var total: Int
    /// Behind which step the next page begins; nil when this is the last one.
    public var next: StepPath?
}

/// One step with its contents and its runs.
public struct StepRecord: Sendable {
    public var step: StepDetail
    /// Oldest first; none of iterations and paths, which are not run themselves.
    public var runs: [StepRun]
    /// Whether it has more events than were read, so that what came later may be missing.
    public var isCutOff: Bool
    /// What it was read from, where somebody wants to tell more of it.
    public var events: [EventRow] = []
}

/// One run of a step.
public struct StepRun: Sendable {
    public var number: RunNumber
    /// Nil for what is computed or waited for: that is no work that begins.
    public var started: Timestamp?
    public var ended: Timestamp?
    /// How it ended, in the word of the event; nil while it is under way, and when its end was never seen.
    public var ending: EventKind?
    public var failure: Failure?
}
