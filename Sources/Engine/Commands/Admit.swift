/// There is room for the task beside those it must not run beside.
public struct Admit: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        guard !machine.state.isAdmitted, machine.state.result == nil else { return }
        machine.emit(.taskAdmitted)
        machine.advance()
    }
}
