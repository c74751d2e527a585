public import Core

/// A tool call of an agent cannot go on before a person has answered.
public struct PauseTool: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let call: String
    public let question: ToolQuestion

    public init(_ step: StepPath, _ run: RunNumber, call: String, _ question: ToolQuestion) {
        self.step = step
        self.run = run
        self.call = call
        self.question = question
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        guard machine.agentRun(at: address).open.contains(where: { $0.request.id == call && $0.hasStarted }) else {
            return
        }
        machine.emit(.toolPaused(step, run, call: call, question))
        // Others may still be under way; the question is put when they have ended.
        machine.goOn(with: address, step, run)
    }
}
