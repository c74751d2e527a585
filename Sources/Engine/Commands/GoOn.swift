/// Goes on computing where the last transition left off.
public struct GoOn: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        machine.advance()
    }
}
