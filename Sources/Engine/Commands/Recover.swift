internal import Core
internal import Plans

/// The engine has started anew, so no executor is at work on this task any more. A step that was under way is handed to
/// the dispatcher again if it may be repeated; if not, only a person can say what is true. Where the task was asked to
/// stop before, the crash has stopped it.
public struct Recover: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        for place in machine.state.steps.indices where machine.state.steps[place].status == .running {
            let path = machine.path(at: place)
            let run = machine.state.steps[place].run
            if machine.state.isCancelRequested || machine.executable.plan.steps[place].isRepeatable {
                machine.emit(.stepInterrupted(path, run))
            } else {
                machine.emit(.stepWaiting(path, run, .inDoubt))
            }
        }
        machine.advance()
    }
}
