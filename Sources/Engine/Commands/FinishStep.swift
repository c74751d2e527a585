public import Core

/// An executor has come to the end of a run.
public struct FinishStep: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let outcome: StepOutcome

    public init(_ step: StepPath, _ run: RunNumber, _ outcome: StepOutcome) {
        self.step = step
        self.run = run
        self.outcome = outcome
    }

    public func apply(to machine: inout TaskMachine) throws {
        // A second answer, the answer of a run that recovery has given up, or that was killed: the first truth stands.
        guard let address = machine.address(step), !machine.isOpen(address) else { return }
        let state = machine.state[address]
        guard state.status == .running, state.run == run else { return }
        machine.finish(step, run, outcome)
        machine.retryBudgetWaits()
        machine.advance()
    }
}

/// How a run ended.
public enum StepOutcome: Sendable {
    case completed(StepResult)
    case failed(Failure, trace: JSON? = nil)
    /// It was told to stop, and did.
    case stopped(trace: JSON? = nil)
    /// The agent needs an answer to go on; the form is a JSON Schema of what it may be, nil for a text.
    case question(String, form: JSON? = nil, trace: JSON? = nil)
}
