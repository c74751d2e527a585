public import Core
public import Store

/// What stands above every part of a task's page: it is read from rows, so that it costs the same however much has happened.
public struct TaskHead: Sendable {
    public var task: TaskRow
    public var planSummary: String?
    /// The steps at the root, without what they were given and have made.
    public var steps: [StepDetail]
    /// The steps that wait, wherever they stand; read only of a task that waits.
    public var waiting: [StepDetail] = []
    /// The step that made the task fail, with its contents.
    public var failed: StepDetail?
    /// The requests to people that are open, oldest first.
    public var open: [DecisionDetail] = []
    /// All requests as rows: how often something was sent back.
    public var requests: [DecisionRow] = []
    /// What it stands behind while it is queued.
    public var queue: TaskQueue?
    /// The tasks that its steps have started.
    public var children: [TaskRow] = []
    /// The tasks that repeat it.
    public var reruns: [TaskRow] = []
    /// The version of its plan that runs under the plan's name now; nil when none is saved.
    public var currentPlan: ContentHash?
    /// How many HTTP steps have begun.
    public var httpCalls = 0

    /// In how many steps HTTP calls are counted while the task goes on.
    static let countedStepsMaximum = 5_000
    /// How many open requests are told in full; the inbox has all of them.
    public static let openMaximum = 20
    /// How many requests are looked through.
    public static let requestsMaximum = 500
    /// How many waiting steps are told.
    public static let waitingMaximum = 100
}
