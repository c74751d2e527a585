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
        for child in machine.state.unawaited.sorted() { machine.act(.cancelChild(child)) }
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

    /// The steps that an executor is at work on, in the order of the plan and of the iterations: never in that of the
    /// slots, which a fold numbers anew.
    var runningSteps: [(path: StepPath, run: RunNumber)] {
        var running: [(path: StepPath, run: RunNumber)] = []
        if state.runningSteps > 0 { addRunningSteps(in: 0, to: &running) }
        return running
    }

    private func addRunningSteps(in slot: Int, to running: inout [(path: StepPath, run: RunNumber)]) {
        let frame = state.frames[slot]
        for place in frame.steps.indices where frame.steps[place].status == .running {
            guard let container = frame.containers[place] else {
                let path = path(at: StepAddress(frame: slot, place: place))
                running.append((path, frame.steps[place].run))
                continue
            }
            let open = container.openFrames.sorted {
                (state.frames[$0].iteration?.index ?? 0) < (state.frames[$1].iteration?.index ?? 0)
            }
            for inner in open { addRunningSteps(in: inner, to: &running) }
        }
    }
}
