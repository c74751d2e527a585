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
        let place = try machine.place(of: step)
        // A second answer, or the answer of a run that recovery has given up: the first truth stands.
        guard machine.state.steps[place].status == .running, machine.state.steps[place].run == run else { return }
        switch outcome {
        case .completed(let result): machine.emit(.stepCompleted(step, run, result))
        case .failed(var failure, let trace):
            failure.step = step
            machine.emit(.stepFailed(step, run, failure, trace: trace))
        case .stopped(let trace): machine.emit(.stepCancelled(step, run, trace: trace))
        }
        machine.advance()
    }
}

/// How a run ended.
public enum StepOutcome: Sendable {
    case completed(StepResult)
    case failed(Failure, trace: JSON? = nil)
    /// It was told to stop, and did.
    case stopped(trace: JSON? = nil)
}
