public import Core

/// What the world outside must do after a transition has been committed.
public enum TaskAction: Sendable {
    /// The step may start: hand it to the dispatcher, which answers with `StartStep` when it has room.
    case dispatch(StepPath)
    /// Do the work of the step, and answer with `FinishStep`.
    case execute(StepWork)
    /// There is more to compute: answer with `GoOn`, so that others get their turn in between.
    case goOn
    /// The run is to stop; it still answers with `FinishStep`.
    case stop(StepPath, RunNumber)
}

/// What a command to a task led to.
public struct Transition: Sendable {
    /// In the order they happened; to be committed together.
    public internal(set) var events: [Event] = []
    /// To be performed after the commit.
    public internal(set) var actions: [TaskAction] = []
}
