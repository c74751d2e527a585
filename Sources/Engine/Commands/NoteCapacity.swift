public import Core

/// A step has stood in the dispatcher's queue for a while, or is held back there: it says so, instead of looking as if
/// nothing were the matter. What it said before about that is replaced.
public struct NoteCapacity: TaskCommand {
    public let step: StepPath
    /// What it waits behind.
    public let sentence: String
    /// Whether it keeps its place among the steps that the plan lets run at the same time. One that nobody knows the end of
    /// does not: it takes a place again when it starts.
    public let keepsPlace: Bool

    public init(_ step: StepPath, sentence: String, keepsPlace: Bool = true) {
        self.step = step
        self.sentence = sentence
        self.keepsPlace = keepsPlace
    }

    public func apply(to machine: inout TaskMachine) throws {
        guard machine.state.result == nil, let address = machine.address(step) else { return }
        let state = machine.state[address]
        let isQueued = state.status == .queued && state.remainingNeeds == 0
        let saysOther =
            state.status == .waiting && state.wait?.reason == .capacity && state.wait?.sentence != sentence
        guard isQueued || saysOther, !machine.state.frames[address.frame].isStopping else { return }
        machine.emit(.stepWaiting(step, nil, Wait(.capacity, since: machine.now, sentence: sentence)))
        guard !keepsPlace else { return }
        machine.leaveQueue(address)
        machine.advance()
    }
}
