public import Core

/// The task that does the work of a step has ended.
public struct ChildEnded: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let child: ChildTask
    public let ending: Ending
    /// What it and its own children used.
    public let spending: Spending

    public enum Ending: Sendable {
        case completed(outputs: JSONObject)
        case failed(Failure)
        case cancelled
    }

    public init(_ step: StepPath, _ run: RunNumber, _ child: ChildTask, _ ending: Ending, spending: Spending) {
        self.step = step
        self.run = run
        self.child = child
        self.ending = ending
        self.spending = spending
    }

    public func apply(to machine: inout TaskMachine) throws {
        // It may be told twice.
        guard machine.state.result == nil, machine.state.children[child.number] != nil else { return }
        // A child that was given up still counts: what it used is used.
        machine.emit(.childEnded(step, run, child, spending))
        guard let address = machine.address(step),
            machine.state[address].wait?.blocker == .task(child.number)
        else {
            // Nobody waits for it, but for what it has left of a budget.
            machine.retryBudgetWaits()
            machine.advance()
            return
        }
        if machine.taskCall(at: address) != nil {
            machine.answerTaskCall(ending.told(of: child.number), at: address, step, run)
            machine.retryBudgetWaits()
            machine.advance()
            return
        }
        switch ending {
        case .completed(let outputs):
            let trace: JSON = ["task": .int(child.number.rawValue)]
            machine.finish(step, run, .completed(StepResult(output: .object(outputs), trace: trace)))
        case .failed(let failure):
            let cause: FailureCause = failure.cause == .killed ? .killed : failure.cause
            machine.finish(
                step, run, .failed(Failure(cause, "Task \(child.number) failed: \(failure.message)", step: step)))
        case .cancelled:
            if machine.state.frames[address.frame].isStopping {
                machine.emit(.stepCancelled(step, run, trace: nil))
            } else {
                machine.finish(
                    step, run, .failed(Failure(.rejected, "Task \(child.number) was cancelled.", step: step)))
            }
        }
        machine.retryBudgetWaits()
        machine.advance()
    }
}
