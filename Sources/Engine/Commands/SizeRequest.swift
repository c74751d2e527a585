public import Core

/// The first request of a run has been put together, and is larger or smaller than was reckoned with before its files and the
/// tools of servers were known: the budget is looked at once more before it is sent.
public struct SizeRequest: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    /// Of the request without what was said in the run before; three stand for a token.
    public let bytes: Int

    public init(_ step: StepPath, _ run: RunNumber, bytes: Int) {
        self.step = step
        self.run = run
        self.bytes = bytes
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        guard machine.agentRun(at: address).open.isEmpty else {
            throw SignalboxError(.conflict, "Run \(run) of step \"\(step)\" asks no model now.")
        }
        if bytes > machine.reckonedInputBytes(at: address) { machine.emit(.requestSized(step, run, bytes: bytes)) }
        machine.goOn(with: address, step, run)
    }
}
