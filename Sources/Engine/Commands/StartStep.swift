public import Core

/// The dispatcher has room for a step: it starts now.
public struct StartStep: TaskCommand {
    public let step: StepPath

    public init(_ step: StepPath) {
        self.step = step
    }

    public func apply(to machine: inout TaskMachine) throws {
        let place = try machine.place(of: step)
        // The task may have failed or been cancelled while the step stood in the dispatcher's queue, or it may stand there
        // twice after a failed commit.
        guard machine.state.steps[place].status == .queued, machine.state.steps[place].remainingNeeds == 0,
            machine.state.result == nil
        else { return }
        let run = RunNumber(rawValue: machine.state.steps[place].runs + 1)
        do {
            let work = try machine.work(for: place, run: run)
            let input = work.call.json
            try input.requireBounds(of: "What the step is given", bytesMaximum: Limits.payloadBytesMaximum)
            machine.emit(.stepStarted(step, run, input: input))
            machine.act(.execute(work))
        } catch {
            machine.emit(.stepFailed(step, run, Failure(evaluating: error, step: step), trace: nil))
            machine.advance()
        }
    }
}
