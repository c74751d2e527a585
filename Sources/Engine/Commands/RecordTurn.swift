public import Core

/// An agent's model has answered: tokens count from here on, whatever becomes of the run.
public struct RecordTurn: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let turn: Turn
    /// Which turn of the run it is, from 1, so that an answer that is told twice counts once; nil for the next.
    public let number: Int?
    /// How the run ends with this answer; nil when it goes on.
    public let outcome: StepOutcome?
    /// What the model is told before it goes on, because its answer cannot be used.
    public let correction: String?
    /// What tools that only look have said already, by the ids of their calls. Nothing but the call's begin and end is
    /// saved by it, so it is thrown away where a call may not begin.
    public let looks: [String: ToolReturn]

    public init(
        _ step: StepPath, _ run: RunNumber, _ turn: Turn, number: Int? = nil, outcome: StepOutcome? = nil,
        correction: String? = nil, looks: [String: ToolReturn] = [:]
    ) {
        self.step = step
        self.run = run
        self.turn = turn
        self.number = number
        self.outcome = outcome
        self.correction = correction
        self.looks = looks
    }

    public func apply(to machine: inout TaskMachine) throws {
        if outcome == nil, !turn.isWhole, machine.wasKilled(step, run) {
            return try machine.recordLate(turn, number: number, step, run)
        }
        let address = try machine.addressOfRun(step, run)
        let agent = machine.agentRun(at: address)
        guard agent.open.isEmpty, number == nil || number == agent.turns + 1 else {
            throw SignalboxError(
                .conflict, "Turn \(number ?? agent.turns) of step \"\(step)\" is in the journal already.")
        }
        machine.emit(.turnCompleted(step, run, turn))
        if let outcome {
            machine.finish(step, run, outcome)
            machine.retryBudgetWaits()
            machine.advance()
            return
        }
        // The final answer of a run whose outcome is told apart.
        guard !turn.calls.isEmpty || correction != nil else { return }
        if let correction { machine.emit(.agentNoticed(step, run, correction, .correction)) }
        machine.goOn(with: address, step, run, looks: looks)
    }
}

extension TaskMachine {
    /// What had been heard when somebody aborted the task was paid for all the same.
    fileprivate mutating func recordLate(
        _ turn: Turn, number: Int?, _ step: StepPath, _ run: RunNumber
    ) throws {
        guard let address = address(step), number == nil || number == agentRun(at: address).turns + 1 else {
            throw SignalboxError(.conflict, "Turn \(number ?? 0) of step \"\(step)\" is in the journal already.")
        }
        emit(.turnCompleted(step, run, turn))
    }

    /// Whether the run was the last of its step and ended because somebody aborted it, so that its executor may still have
    /// something to tell.
    fileprivate func wasKilled(_ step: StepPath, _ run: RunNumber) -> Bool {
        guard state.result != nil, let address = address(step) else { return false }
        let state = state[address]
        return state.status == .cancelled && state.run == run
    }

    /// Where a run stands that is under way.
    /// - Throws: `SignalboxError` with code `conflict` when it is not.
    func addressOfRun(_ step: StepPath, _ run: RunNumber) throws -> StepAddress {
        let address = try address(named: step)
        let state = state[address]
        guard state.status == .running, state.run == run, !isOpen(address) else {
            throw SignalboxError(.conflict, "Run \(run) of step \"\(step)\" is not under way.")
        }
        return address
    }
}
