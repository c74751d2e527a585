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
        let address = try machine.address(named: step)
        let state = machine.state.frames[address.frame].steps[address.place]
        guard state.status == .running, state.run == run, !machine.isOpen(address) else {
            throw SignalboxError(.conflict, "Run \(run) of step \"\(step)\" is not under way.")
        }
        var turn = turn
        turn.cost = turn.cost ?? ModelPrice.of(turn.model)?.cost(of: turn.usage)
        machine.emit(.turnCompleted(step, run, turn))
    }
}
