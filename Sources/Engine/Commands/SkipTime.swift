internal import Core

/// Somebody has set the clock forwards. What runs has not run for that long, and must not be stopped or told that it has.
public struct SkipTime: TaskCommand {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public func apply(to machine: inout TaskMachine) throws {
        guard machine.state.activeSince != nil else { return }
        machine.emit(.clockLeapt(milliseconds: milliseconds))
    }
}
