public import Core

/// Where a step stands in the state: the slot of its frame, and its place in the frame's block.
struct StepAddress: Sendable, Hashable {
    var frame: Int
    var place: Int
}

/// A block under way: the steps of the plan itself, of one iteration of a loop, or of the path a branch has taken.
public struct Frame: Sendable {
    /// The place of its block in the plan.
    let block: Int
    /// The path of the iteration or of the branch's path; empty for the plan itself.
    public let path: StepPath
    /// The step that holds it; nil for the plan itself.
    let container: StepAddress?
    /// Which iteration it is, and of what; nil outside of loops.
    public let iteration: Iteration?
    /// The steps of the block, in its order.
    public internal(set) var steps: [StepState]
    public internal(set) var started: Timestamp
    public internal(set) var ended: Timestamp?
    public internal(set) var status: StepStatus = .running
    public internal(set) var failure: Failure?
    /// Of all runs of all steps in it.
    public internal(set) var spending = Spending.zero
    /// The first characters of what it handed over.
    public internal(set) var preview: String?
    /// Whether what it handed over was taken over from another task.
    public internal(set) var isReused = false
    /// What of the time since it began it stood idle.
    public internal(set) var idle = IdleTime()

    /// What expressions see as `steps`, grown with each step that ends.
    var scope = JSONObject()
    /// Places of steps that have all they need; some of them may have been started since.
    var startable: [Int]
    /// How many steps have ended.
    var endedSteps = 0
    /// Whether nothing more is started in it.
    var isStopping = false
    /// Loops and branches of the block that have begun, by their place.
    var containers: [Int: ContainerState] = [:]
    /// Whether it is still part of the task; the slot is used again later.
    var isLive = true

    /// One turn of a loop.
    public struct Iteration: Sendable {
        public var index: Int
        /// Null in a loop that has no list.
        public var item: JSON
        public var previous: JSON
    }

    init(
        block: Int, path: StepPath, container: StepAddress?, iteration: Iteration?, steps: [StepState],
        started: Timestamp
    ) {
        self.block = block
        self.path = path
        self.container = container
        self.iteration = iteration
        self.steps = steps
        self.started = started
        startable = steps.indices.filter { steps[$0].remainingNeeds == 0 }
    }

    /// Strikes the steps off `startable` that have begun since.
    mutating func dropBegun() {
        startable.removeAll { steps[$0].status != .queued || steps[$0].isDispatched }
    }
}
