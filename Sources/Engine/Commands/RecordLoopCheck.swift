public import Core

/// A model was asked whether an agent goes round in circles, and has answered.
public struct RecordLoopCheck: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let turn: Turn
    /// Why it does; nil when it does not.
    public let reason: String?

    public init(_ step: StepPath, _ run: RunNumber, _ turn: Turn, reason: String?) {
        self.step = step
        self.run = run
        self.turn = turn
        self.reason = reason
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        guard machine.agentRun(at: address).checkedAt < machine.agentRun(at: address).toolCalls else {
            throw SignalboxError(.conflict, "The latest calls of step \"\(step)\" have been looked at already.")
        }
        var turn = turn
        turn.purpose = .loopCheck
        machine.emit(.turnCompleted(step, run, turn))
        if let reason {
            let finding = LoopFinding(
                judgedBy: turn.model, reason,
                machine.agentRun(at: address).recent.suffix(machine.recentCalls(at: address).calls))
            machine.endLoop(finding, step, run)
        } else {
            machine.goOn(with: address, step, run)
        }
    }
}
