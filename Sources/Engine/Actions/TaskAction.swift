public import Core
public import Plans

/// What the world outside must do after a transition has been committed.
public enum TaskAction: Sendable {
    /// The step may start: hand it to the dispatcher, which answers with `StartStep` when it has room.
    case dispatch(StepPath)
    /// Do the work of the step, and answer with `FinishStep`.
    case execute(StepWork)
    /// The run of an agent goes on with that; answered with `RecordTurn`, `FinishTool` or `RecordLoopCheck`.
    case agent(StepPath, RunNumber, AgentOrder)
    /// There is more to compute: answer with `GoOn`, so that others get their turn in between.
    case goOn
    /// The run is to stop, in its own time; it still answers with `FinishStep`.
    case stop(StepPath, RunNumber)
    /// The run is to be aborted; nobody waits for its answer.
    case kill(StepPath, RunNumber)
    /// Make a task that does the work of a step, in the same commit; answer with `ChildStarted`, and with `ChildEnded`
    /// when it has ended.
    case spawn(ChildRequest)
    /// A child is to stop.
    case cancelChild(TaskNumber)
    /// A child is to be aborted.
    case killChild(TaskNumber)
    /// Limits were raised: those of the task above may have to follow, in the same commit (`RaiseForChild`).
    case raiseParent(TaskLimits, by: String)
    /// Answer with `DeliverSignal` when such a signal comes, or with one that was kept.
    case awaitSignal(StepPath, name: String, key: String)
    /// The step does not wait for its signal any more.
    case forgetSignal(StepPath)
}

/// A task to be made for a step.
public struct ChildRequest: Sendable {
    public var step: StepPath
    public var run: RunNumber
    /// The tool call of an agent that asks for it; nil when the step is the task.
    public var call: String?
    public var plan: ChildTaskDefinition.PlanReference
    public var inputs: JSONObject
    /// What the parent has left.
    public var limits: TaskLimits
    /// What bounds the parent as a whole.
    public var parentLimits: TaskLimits
    /// How many tasks will stand above it.
    public var depth: Int
    /// When it must have ended; nil for no bound.
    public var deadline: Timestamp?
}

/// What a command to a task led to.
public struct Transition: Sendable {
    /// In the order they happened; to be committed together.
    public internal(set) var events: [Event] = []
    /// To be performed after the commit.
    public internal(set) var actions: [TaskAction] = []
}
