internal import Core
internal import Plans

/// What a retry does to a task that has failed.
extension TaskMachine {
    mutating func reopenTask(time: Timestamp) {
        state.result = nil
        state.ended = nil
        state.failure = nil
        state.isCancelRequested = false
        // It has given its place up when it ended.
        state.isAdmitted = state.origin.concurrency == nil
        state.forgivenMilliseconds = state.activeMilliseconds
        state.hasIdled = true
        reopen(0, time: time, isRetried: true)
    }

    /// Takes a block up again: what had failed without being allowed to, and what was cancelled because of it.
    /// - Parameter isRetried: whether somebody has asked for it: until then nothing was done for it.
    private mutating func reopen(_ slot: Int, time: Timestamp, isRetried: Bool) {
        if isRetried, let ended = state.frames[slot].ended { state.frames[slot].idle.begin(at: ended) }
        state.frames[slot].isStopping = false
        state.frames[slot].failure = nil
        state.frames[slot].status = .running
        state.frames[slot].ended = nil
        if slot != 0 { state.reopened.append(state.frames[slot].path) }
        for place in state.frames[slot].steps.indices {
            let address = StepAddress(frame: slot, place: place)
            switch state.frames[slot].steps[place].status {
            case .cancelled: reopen(address, time: time, isRetried: isRetried)
            case .failed:
                let failure = state.frames[slot].steps[place].failure
                if let failure, isAllowed(failure, at: address) { continue }
                reopen(address, time: time, isRetried: isRetried)
            default: continue
            }
        }
        restoreNeeds(slot)
        state.attention.insert(slot)
    }

    private mutating func reopen(_ address: StepAddress, time: Timestamp, isRetried: Bool) {
        if isRetried, state[address].started != nil, let ended = state[address].ended {
            state[address].idle.begin(at: ended)
        }
        let wasFailed = state[address].status == .failed
        state.frames[address.frame].endedSteps -= 1
        state.frames[address.frame].scope[definition(at: address).name] = nil
        state[address].ended = nil
        state[address].failure = nil
        state.reopened.append(path(at: address))
        guard !isOpen(address) else { return reopenContainer(at: address, time: time, isRetried: isRetried) }
        count(StepTally(finished: -1, failed: wasFailed ? -1 : 0), in: address.frame)
        state[address].status = .queued
    }

    /// Goes on with a loop or branch that had failed or was cut off: what had finished in it keeps its output.
    mutating func reopenContainer(at address: StepAddress, time: Timestamp, isRetried: Bool = false) {
        guard let container = state.frames[address.frame].containers[address.place] else { return }
        state[address].status = .running
        state.attention.insert(address.frame)
        var opened = container
        opened.isClosed = false
        opened.isStopping = false
        opened.failure = nil
        opened.openFrames = container.brokenFrames
        opened.brokenFrames = []
        opened.loop?.hasEnded = false
        opened.loop?.failed -= container.brokenFrames.count { state.frames[$0].status == .failed }
        state.frames[address.frame].containers[address.place] = opened
        if let loop = container.loop, let total = loop.total {
            count(StepTally(total: (total - loop.begun) * bodySteps(of: address)), inside: address)
        }
        if let milliseconds = definition(at: address).timeoutMilliseconds {
            let timer = TaskState.TimerKey(step: path(at: address), purpose: .deadline)
            state.timers[timer] = time.adding(milliseconds: milliseconds)
        }
        for slot in container.brokenFrames { reopen(slot, time: time, isRetried: isRetried) }
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
