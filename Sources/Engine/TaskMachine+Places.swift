public import Core
public import Plans

extension TaskMachine {
    /// Where the step of that path stands in the state; nil while it is not under way and never was.
    func address(_ path: StepPath) -> StepAddress? {
        guard let parent = path.parent else {
            return executable.blocks[0].placeByName[path.rawValue].map { StepAddress(frame: 0, place: $0) }
        }
        guard let slot = state.slots[parent] else { return nil }
        return block(of: slot).placeByName[String(path.name)].map { StepAddress(frame: slot, place: $0) }
    }

    /// Where a step that an event names stands.
    func address(known path: StepPath) -> StepAddress {
        guard let address = address(path) else {
            preconditionFailure("The journal names a step that its task does not have.")
        }
        return address
    }

    /// Where a step that a caller names stands.
    /// - Throws: `SignalboxError` with code `not_found`.
    func address(named path: StepPath) throws -> StepAddress {
        guard let address = address(path) else {
            throw SignalboxError(.notFound, "Task \(state.origin.number) has no step \"\(path)\".")
        }
        return address
    }

    func block(of slot: Int) -> ExecutableBlock { executable.blocks[state.frames[slot].block] }

    func definition(at address: StepAddress) -> StepDefinition { block(of: address.frame).steps[address.place] }

    func path(at address: StepAddress) -> StepPath {
        state.frames[address.frame].path.appending(definition(at: address).name)
    }

    /// Whether the step has steps inside that have begun.
    func isOpen(_ address: StepAddress) -> Bool {
        state.frames[address.frame].containers[address.place] != nil
    }

    /// The slots of all blocks under way.
    var liveSlots: [Int] {
        state.frames.indices.filter { state.frames[$0].isLive && state.frames[$0].status == .running }
    }

    /// The step at that path, as it stands; nil for iterations, and for what is not at hand any more.
    public func step(at path: StepPath) -> StepState? {
        address(path).map { state.frames[$0.frame].steps[$0.place] }
    }

    /// The iteration, or the path of a branch, at that path; nil when it is not at hand.
    public func frame(at path: StepPath) -> Frame? { state.slots[path].map { state.frames[$0] } }

    /// The loop or branch step that holds the iteration or path.
    public func holder(of frame: Frame) -> (definition: StepDefinition, path: StepPath)? {
        frame.container.map { (definition(at: $0), path(at: $0)) }
    }

    /// The place of a step among its siblings.
    public func place(of path: StepPath) -> Int? { address(path)?.place }

    /// How far a loop has come: iterations in all (nil when only time tells), completed, failed.
    public func loopProgress(at path: StepPath) -> (total: Int?, completed: Int, failed: Int)? {
        guard let address = address(path),
            let loop = state.frames[address.frame].containers[address.place]?.loop
        else { return nil }
        return (loop.total, loop.completed, loop.failed)
    }

    /// The path that a branch has taken.
    public func takenPath(at path: StepPath) -> String? {
        address(path).flatMap { state.frames[$0.frame].containers[$0.place]?.path }
    }

    /// The steps that wait, the most pressing first.
    public var waitingSteps: [(path: StepPath, wait: Wait)] {
        let waits = state.waiting.compactMap { path, address in
            state[address].wait.map { (path: path, wait: $0) }
        }
        guard waits.count > 1 else { return waits }
        return waits.sorted {
            ($0.wait.reason, $0.wait.since, $0.path.rawValue) < ($1.wait.reason, $1.wait.since, $1.path.rawValue)
        }
    }

    /// Of the steps that run, the one that stands last in the plan.
    public var latestRunningStep: (path: StepPath, run: RunNumber)? { runningSteps.last }

    /// The requests that were settled by the last command, each with what became of it; nil when its step ended without.
    public var settledRequests: [(request: DecisionRequest, record: DecisionRecord?)] {
        state.settledRequests.map { ($0.request, $0.record) }
    }

    /// What the last command, or the event that was folded last, has taken up again: steps, iterations and paths that had
    /// failed or were cancelled, also where their event names only what holds them, or the whole task.
    public var reopened: [StepPath] { state.reopened }

    /// Everything whose row changes with an event about that step: the step and all that hold it.
    public func touched(by step: StepPath) -> [StepPath] {
        var touched = [step]
        guard step.rawValue.utf8.contains(UInt8(ascii: "/")) || isContainer(step) else { return touched }
        if let path = takenPath(at: step) { touched.append(step.appending(path)) }
        return touched + step.ancestors
    }

    private func isContainer(_ path: StepPath) -> Bool { address(path).map(isOpen) ?? false }
}
