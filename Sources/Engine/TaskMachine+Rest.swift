internal import Plans

extension TaskMachine {
    /// Whether nothing will happen unless time passes or somebody outside does something: the task need not be kept at
    /// hand, nor be taken up after a restart. Depends on nothing but the events.
    public var isIdle: Bool {
        if state.result != nil { return true }
        guard state.runningSteps == 0 else { return false }
        if !state.isAdmitted, !state.frames[0].isStopping { return true }
        guard !state.waiting.isEmpty, !state.waiting.values.contains(where: isOwed) else { return false }
        return liveSlots.allSatisfy(isAtRest)
    }

    /// Whether something has still to be done for a step that waits: it stands in the dispatcher's queue, or its task is
    /// to be told to stop.
    private func isOwed(_ address: StepAddress) -> Bool {
        let wait = state[address].wait
        if wait?.reason == .capacity || wait?.reason == .budget && wait?.blocker == nil { return true }
        guard case .task? = wait?.blocker else { return false }
        return state.frames[address.frame].isStopping
    }

    /// Whether nothing can be started or ended in a block now.
    private func isAtRest(_ slot: Int) -> Bool {
        let frame = state.frames[slot]
        guard frame.endedSteps < frame.steps.count else { return false }
        guard frame.isStopping || !frame.steps.contains(where: { $0.status == .queued && $0.remainingNeeds == 0 })
        else { return false }
        return frame.containers.allSatisfy { place, container in
            frame.steps[place].status != .running
                || !container.openFrames.isEmpty && !canBegin(at: StepAddress(frame: slot, place: place), container)
        }
    }

    /// Whether a loop has room for a further iteration, and one to begin.
    func canBegin(at address: StepAddress, _ container: ContainerState) -> Bool {
        guard !container.isStopping, let loop = container.loop, !loop.hasEnded,
            case .forEach(let definition) = definition(at: address).kind,
            container.openFrames.count < definition.concurrency
        else { return false }
        return loop.total.map { loop.begun < $0 } ?? true
    }
}
