public import Core

/// An agent's model has answered: tokens count from here on, whatever becomes of the run.
public struct RecordTurn: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let turn: Turn

    public init(_ step: StepPath, _ run: RunNumber, _ turn: Turn) {
        self.step = step
        self.run = run
        self.turn = turn
    }

    public func apply(to machine: inout TaskMachine) throws {
        let place = try machine.place(of: step)
        guard machine.state.steps[place].status == .running, machine.state.steps[place].run == run else {
            throw SignalboxError(.conflict, "Run \(run) of step \"\(step)\" is not under way.")
        }
        machine.emit(.turnCompleted(step, run, turn))
    }
}
