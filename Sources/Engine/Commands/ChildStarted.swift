public import Core

/// The task that does the work of a step has been made.
public struct ChildStarted: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let child: ChildTask

    public init(_ step: StepPath, _ run: RunNumber, _ child: ChildTask) {
        self.step = step
        self.run = run
        self.child = child
    }

    public func apply(to machine: inout TaskMachine) throws {
        guard let address = machine.address(step),
            machine.state[address].status == .running,
            machine.state[address].run == run, !machine.isOpen(address)
        else { return }
        var child = child
        let call = machine.taskCall(at: address)
        child.isAwaited = call?.arguments["wait"]?.boolValue ?? true
        machine.emit(.childStarted(step, run, child))
        if call != nil, !child.isAwaited {
            let told: JSON = ["task": .int(child.number.rawValue), "status": "started"]
            machine.answerTaskCall(ToolReturn(text: told.text), at: address, step, run)
        }
        // The step does not run any more, which leaves room for others.
        machine.advance()
    }
}
