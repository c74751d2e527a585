internal import Core

/// A person aborts the task: everything under way ends at once, and what it had not handed over is lost.
public struct Kill: TaskCommand {
    /// The name of who aborts it; nil when it is not known.
    public let name: String?

    public init(by name: String? = nil) {
        self.name = name
    }

    public func apply(to machine: inout TaskMachine) throws {
        try machine.requireUnfinished()
        machine.emit(.killRequested(by: name))
        for (path, run) in machine.runningSteps {
            machine.act(.kill(path, run))
            machine.emit(.stepCancelled(path, run, trace: nil))
        }
        for (_, address) in machine.state.waiting.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if case .task(let child) = machine.state[address].wait?.blocker {
                machine.act(.killChild(child))
            }
            machine.cancelWaiting(address)
        }
        for child in machine.state.unawaited.sorted() { machine.act(.killChild(child)) }
        machine.advance()
    }
}
