internal import API
public import Core

/// Where a run of a step is shown.
public struct RunAddress: Sendable, Hashable {
    public var task: TaskNumber
    public var step: StepPath
    public var run: RunNumber

    public init(task: TaskNumber, step: StepPath, run: RunNumber) {
        self.task = task
        self.step = step
        self.run = run
    }

    private var escapedStep: String { Attachment.percentEncoded(step.rawValue) }

    /// What chooses the run on the page of its task: `step=each%2F3%2Fread&run=2`.
    var query: String { "step=\(escapedStep)&run=\(run.rawValue)" }

    /// The page of its task with the turns of this run.
    var onTaskPage: String { "/tasks/\(task.rawValue)?\(query)#\(ElementID.step(step))" }

    /// The page of its task with the turns of whichever run is the latest.
    var latestOnTaskPage: String { StepAddress(task: task, step: step).onTaskPage }

    /// The page of one of its turns.
    func turn(_ number: Int) -> String {
        "/tasks/\(task.rawValue)/steps/\(escapedStep)/runs/\(run.rawValue)/turns/\(number)"
    }

    /// One of its turns with the whole of its request.
    func wholeTurn(_ number: Int) -> String { turn(number) + "?request=whole" }

    /// What the API says of one of its turns.
    func turnInAPI(_ number: Int) -> String {
        "/api/tasks/\(task.rawValue)/runs/\(run.rawValue)/turns?step=\(escapedStep)&turn=\(number)"
    }
}
