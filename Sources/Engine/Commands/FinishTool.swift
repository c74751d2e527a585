public import Core

/// A tool call of an agent has come to its end.
public struct FinishTool: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let call: String
    public let result: ToolReturn

    public init(_ step: StepPath, _ run: RunNumber, call: String, _ result: ToolReturn) {
        self.step = step
        self.run = run
        self.call = call
        self.result = result
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        // A second answer: the first truth stands.
        guard machine.agentRun(at: address).open.contains(where: { $0.request.id == call && $0.hasStarted }) else {
            return
        }
        machine.emit(.toolCompleted(step, run, call: call, result))
        machine.goOn(with: address, step, run)
    }
}
