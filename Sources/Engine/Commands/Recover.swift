internal import Core
internal import Plans

/// The engine has started anew, so no executor is at work on this task any more. A step that was under way is handed to
/// the dispatcher again if it may be repeated; if not, only a person can say what is true. Where the task was asked to
/// stop before, the crash has stopped it.
public struct Recover: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        for (path, run) in machine.runningSteps {
            let address = machine.address(known: path)
            let definition = machine.definition(at: address)
            if machine.state.frames[address.frame].isStopping {
                machine.emit(.stepCancelled(path, run, trace: ["interrupted": true]))
            } else if definition.isRepeatable {
                machine.emit(.stepInterrupted(path, run))
            } else {
                machine.request(
                    .inDoubt, at: path, run: run,
                    title: "The server stopped while “\(path)” ran: has it happened?",
                    proposal: ["output": nil])
            }
        }
        machine.advance()
    }
}
