public import Core
public import Store

/// Two tasks beside each other.
public struct TaskComparison: Sendable {
    public var before: TaskRow
    public var after: TaskRow
    public var inputs: [JSONDifference] = []
    public var outputs: [JSONDifference] = []
    /// Whether both have run the same version of a plan.
    public var hasSamePlan: Bool
    /// The steps of both, aligned by their path, each behind what it stands in, of a loop a page of iterations; those that
    /// are the same on both sides are listed too.
    public var steps: [StepComparison] = []
    /// How many steps are not listed, of the task that has more of those.
    public var hiddenSteps = 0
    /// Where one loop alone was asked for: how many of its iterations follow.
    public var moreIterations: Int?
}

/// What a step, or an iteration of a loop, did in two tasks.
public struct StepComparison: Sendable {
    public var path: StepPath
    /// Nil where the task has no such step.
    public var before: StepRow?
    public var after: StepRow?
    /// What it was given.
    public var input: [JSONDifference] = []
    public var output: [JSONDifference] = []
    /// Whether there are more differences in its values than are told.
    public var hasMore = false
    /// Of a loop: how many iterations stand behind those that are listed.
    public var moreIterations = 0

    public enum Verdict: String, Sendable {
        case same, changed
        case onlyBefore = "only_in_a"
        case onlyAfter = "only_in_b"
    }

    /// Time, tokens and cost may differ in a step that is the same.
    public var verdict: Verdict {
        guard let before else { return .onlyAfter }
        guard let after else { return .onlyBefore }
        return before.status == after.status && input.isEmpty && output.isEmpty && !hasMore ? .same : .changed
    }
}
