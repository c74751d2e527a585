internal import Core
internal import Engine
internal import Plans
internal import Store

/// What became of the steps of a task, as far as it is known.
protocol RecordedSteps: Sendable {
    var origin: TaskOrigin { get }
    /// What became of a step, an iteration or a path; one whose result this task took over itself is as it was in its own.
    func step(_ path: StepPath) -> RecordedStep?
    /// Whether all is known that stands directly in an iteration, a branch or a path.
    func knows(_ container: StepPath) -> Bool
    func loop(_ path: StepPath) -> RecordedLoop
    /// The path that a branch has taken.
    func path(ofBranch branch: StepPath) -> String?
    func isChosenByAgent(_ branch: StepPath, _ plan: ExecutablePlan) -> Bool
    /// Names of steps that ran, for somebody who has asked for another.
    var knownPaths: [StepPath] { get }
}

/// What is known of a loop's iterations.
enum RecordedLoop: Sendable {
    /// Each of them; so many have begun.
    case whole(Int)
    case folded(LoopFold)
    case unknown
}

/// A loop with so many iterations that those which came out alike are known by one of them, and by sums.
struct LoopFold: Sendable {
    /// The iterations of which each is known, in order.
    var single: [Int]
    /// The others; of each group the first is known.
    var alike: [IterationGroup]
}

/// What has to be loaded before more can be said.
enum RecordWish: Sendable, Hashable {
    /// What stands directly in a branch, or in the path that it has taken.
    case parts(StepPath)
    /// A loop, folded if it is a large one.
    case fold(StepPath)
    /// Everything in a loop.
    case all(StepPath)
}

extension RecordedSteps {
    /// What this task took over from another one for the step.
    func takenOver(_ path: StepPath) -> Reuse? {
        guard let reuse = origin.reuse[path], case .result = reuse.content else { return nil }
        return reuse
    }

    /// Whether a loop, branch or iteration was taken over as a whole, so that nothing is known of the steps in it.
    func holder(takenOverAround path: StepPath) -> StepPath? { path.ancestors.first { takenOver($0) != nil } }
}

extension RecordedStep {
    /// The step with what was saved by taking it over.
    func taking(over reuse: Reuse?) -> RecordedStep {
        guard let reuse else { return self }
        var step = self
        step.milliseconds = reuse.savedMilliseconds
        step.cost = reuse.savedCost
        return step
    }
}

/// A record of all events knows everything.
extension TaskRecord: RecordedSteps {
    func knows(_ container: StepPath) -> Bool { true }

    func loop(_ path: StepPath) -> RecordedLoop { .whole(steps[path]?.iterations ?? 0) }

    func path(ofBranch branch: StepPath) -> String? { steps[branch]?.path }

    func isChosenByAgent(_ branch: StepPath, _ plan: ExecutablePlan) -> Bool { steps[branch]?.isChosenByAgent ?? false }

    var knownPaths: [StepPath] { Array(steps.keys) }
}
