public import Core

/// The task that an agent wanted to start cannot be made.
public struct RefuseTaskCall: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let call: String
    public let reason: String

    public init(_ step: StepPath, _ run: RunNumber, call: String, reason: String) {
        self.step = step
        self.run = run
        self.call = call
        self.reason = reason
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        machine.answerTaskCall(ToolReturn(text: reason, isError: true), at: address, step, run)
        machine.advance()
    }
}
