public import Core

/// Something that brings forth text while it is under way: a turn of an agent, a call of one of its tools, or the program
/// of a step.
public struct LiveSource: Sendable, Hashable {
    public var task: TaskNumber
    public var step: StepPath
    public var run: RunNumber
    /// From 1; nil for the program of a step.
    public var turn: Int?
    /// The id of the call of a tool.
    public var call: String?

    public init(task: TaskNumber, step: StepPath, run: RunNumber, turn: Int? = nil, call: String? = nil) {
        self.task = task
        self.step = step
        self.run = run
        self.turn = turn
        self.call = call
    }
}
