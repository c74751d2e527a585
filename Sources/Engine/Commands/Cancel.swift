internal import Core

/// A person or program asks the task to stop: running steps are told, and get their time; those that stand still end at
/// once, and so do children.
public struct Cancel: TaskCommand {
    /// The name of who asks; nil when it is not known.
    public let name: String?

    public init(by name: String? = nil) {
        self.name = name
    }

    public func apply(to machine: inout TaskMachine) throws {
        try machine.requireUnfinished()
        guard !machine.state.isCancelRequested else { return }
        machine.emit(.cancelRequested(by: name))
        for (path, run) in machine.runningSteps { machine.act(.stop(path, run)) }
        machine.advance()
    }
}

extension TaskMachine {
    /// - Throws: `SignalboxError` with code `conflict` when the task has ended.
    func requireUnfinished() throws {
        if let result = state.result {
            throw SignalboxError(.conflict, "Task \(state.origin.number) has already ended: \(result.rawValue).")
        }
    }

    /// The steps that an executor is at work on, in the order of their paths.
    var runningSteps: [(path: StepPath, run: RunNumber)] {
        guard state.runningSteps > 0 else { return [] }
        return liveSlots.flatMap { slot in
            state.frames[slot].steps.indices.compactMap { place -> (path: StepPath, run: RunNumber)? in
                let address = StepAddress(frame: slot, place: place)
                let step = state.frames[slot].steps[place]
                guard step.status == .running, !isOpen(address) else { return nil }
                return (path(at: address), step.run)
            }
        }
    }
}
