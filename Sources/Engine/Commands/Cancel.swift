internal import Core

/// A person or program asks the task to stop: running steps are told, those that stand still end at once.
public struct Cancel: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        let state = machine.state
        if let result = state.result {
            throw SignalboxError(.conflict, "Task \(state.origin.number) has already ended: \(result.rawValue).")
        }
        guard !state.isCancelRequested else { return }
        machine.emit(.cancelRequested)
        for place in state.steps.indices where state.steps[place].status == .running {
            machine.act(.stop(machine.path(at: place), state.steps[place].run))
        }
        machine.advance()
    }
}
