internal import Core
internal import Plans

/// What a retry does to a task that has failed.
extension TaskMachine {
    mutating func reopenTask() {
        state.result = nil
        state.ended = nil
        state.failure = nil
        state.isCancelRequested = false
        state.forgivenMilliseconds = state.activeMilliseconds
        reopen(0)
    }

    /// Takes a block up again: what had failed without being allowed to, and what was cancelled because of it.
    private mutating func reopen(_ slot: Int) {
        state.frames[slot].isStopping = false
        state.frames[slot].failure = nil
        state.frames[slot].status = .running
        state.frames[slot].ended = nil
        for place in state.frames[slot].steps.indices {
            let address = StepAddress(frame: slot, place: place)
            switch state.frames[slot].steps[place].status {
            case .cancelled: reopen(address)
            case .failed:
                let failure = state.frames[slot].steps[place].failure
                if let failure, isAllowed(failure, at: address) { continue }
                reopen(address)
            default: continue
            }
        }
        restoreNeeds(slot)
        state.attention.insert(slot)
    }

    private mutating func reopen(_ address: StepAddress) {
        let wasFailed = state.frames[address.frame].steps[address.place].status == .failed
        state.frames[address.frame].endedSteps -= 1
        state.frames[address.frame].scope[definition(at: address).name] = nil
        state.frames[address.frame].steps[address.place].ended = nil
        state.frames[address.frame].steps[address.place].failure = nil
        guard let container = state.frames[address.frame].containers[address.place] else {
            if wasFailed { state.failedSteps -= 1 }
            state.finishedSteps -= 1
            state.frames[address.frame].steps[address.place].status = .queued
            return
        }
        guard !container.brokenFrames.isEmpty || container.loop != nil else {
            // A branch that was cut off before anything in it began: it is decided anew.
            state.frames[address.frame].containers[address.place] = nil
            state.totalSteps += 1
            state.frames[address.frame].steps[address.place].status = .queued
            return
        }
        state.frames[address.frame].steps[address.place].status = .running
        var opened = container
        opened.isStopping = false
        opened.failure = nil
        opened.openFrames = container.brokenFrames
        opened.brokenFrames = []
        if let loop = container.loop {
            opened.loop?.failed -= container.brokenFrames.count { state.frames[$0].status == .failed }
            if let total = loop.total { state.totalSteps += (total - loop.begun) * bodySteps(of: address) }
        }
        state.frames[address.frame].containers[address.place] = opened
        for slot in container.brokenFrames { reopen(slot) }
    }

    private mutating func restoreNeeds(_ slot: Int) {
        let block = block(of: slot)
        state.frames[slot].startable = []
        for (place, step) in block.steps.enumerated() where state.frames[slot].steps[place].status == .queued {
            let open = step.needs.count { need in
                block.placeByName[need].map { !state.frames[slot].steps[$0].status.isFinal } ?? false
            }
            state.frames[slot].steps[place].remainingNeeds = open
            if open == 0 { state.frames[slot].startable.append(place) }
        }
    }
}
