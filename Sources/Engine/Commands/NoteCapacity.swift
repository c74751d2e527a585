public import Core

/// A step has stood in the dispatcher's queue for a while: it says so, instead of looking as if nothing were the matter.
public struct NoteCapacity: TaskCommand {
    public let step: StepPath
    /// What it waits behind.
    public let sentence: String

    public init(_ step: StepPath, sentence: String) {
        self.step = step
        self.sentence = sentence
    }

    public func apply(to machine: inout TaskMachine) throws {
        guard machine.state.result == nil, let address = machine.address(step) else { return }
        let state = machine.state[address]
        guard state.status == .queued, state.remainingNeeds == 0, !machine.state.frames[address.frame].isStopping
        else { return }
        machine.emit(.stepWaiting(step, nil, Wait(.capacity, since: machine.now, sentence: sentence)))
    }
}
