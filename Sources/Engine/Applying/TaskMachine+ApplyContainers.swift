internal import Core
internal import Plans

/// What events do to loops, branches and the blocks in them.
extension TaskMachine {
    mutating func beginLoop(at address: StepAddress, _ source: LoopSource, deadline: Timestamp?, time: Timestamp) {
        beginContainer(at: address, deadline: deadline, time: time)
        let loop = LoopState(source: source)
        state.frames[address.frame].containers[address.place]?.loop = loop
        count(StepTally(total: (loop.total ?? 0) * bodySteps(of: address)), inside: address)
    }

    mutating func beginBranch(at address: StepAddress, _ choice: BranchChoice, time: Timestamp) {
        beginContainer(at: address, deadline: choice.deadline, time: time)
        guard let path = choice.path, let block = block(of: address.frame).inner[address.place][path] else { return }
        state.frames[address.frame].containers[address.place]?.path = path
        count(StepTally(total: executable.blocks[block].steps.count), inside: address)
        openFrame(block, at: self.path(at: address).appending(path), in: address, iteration: nil, time: time)
    }

    private mutating func beginContainer(at address: StepAddress, deadline: Timestamp?, time: Timestamp) {
        let path = path(at: address)
        // A branch whose path an agent has chosen was running until now.
        leaveRunning(at: address, time: time)
        // From here on it counts as what is inside it.
        count(StepTally(total: -1), in: address.frame)
        state[address].status = .running
        state[address].runs = max(
            1, state[address].runs)
        state[address].failure = nil
        state[address].started =
            state[address].started ?? time
        state.started = state.started ?? time
        state.frames[address.frame].containers[address.place] = ContainerState()
        if let deadline { state.timers[TaskState.TimerKey(step: path, purpose: .deadline)] = deadline }
        state.attention.insert(address.frame)
    }

    mutating func beginIteration(_ path: StepPath, time: Timestamp) {
        guard let holder = path.parent, let address = address(holder), let index = Int(path.name),
            let loop = state.frames[address.frame].containers[address.place]?.loop,
            let body = block(of: address.frame).inner[address.place][""]
        else { preconditionFailure("The journal begins an iteration of a loop that has not begun.") }
        let item: JSON = if case .items(let items) = loop.source { items[index] } else { .null }
        if loop.total == nil { count(StepTally(total: executable.blocks[body].steps.count), inside: address) }
        state.frames[address.frame].containers[address.place]?.loop?.begun += 1
        openFrame(
            body, at: path, in: address,
            iteration: Frame.Iteration(index: index, item: item, previous: loop.previous), time: time)
    }

    private mutating func openFrame(
        _ block: Int, at path: StepPath, in container: StepAddress, iteration: Frame.Iteration?, time: Timestamp
    ) {
        let steps = executable.blocks[block].steps.map { StepState(remainingNeeds: $0.needs.count) }
        let frame = Frame(
            block: block, path: path, container: container, iteration: iteration, steps: steps, started: time)
        let slot: Int
        if let free = state.freeSlots.popLast() {
            slot = free
            state.frames[free] = frame
        } else {
            slot = state.frames.count
            state.frames.append(frame)
        }
        state.slots[path] = slot
        state.frames[container.frame].containers[container.place]?.openFrames.append(slot)
        state.attention.insert(slot)
    }

    mutating func completeIteration(_ path: StepPath, output: JSON, isReused: Bool, time: Timestamp) {
        guard let (slot, address) = closeFrame(path, as: .completed, time: time) else { return }
        state.frames[slot].preview = OutputPreview.text(of: output)
        state.frames[slot].isReused = isReused
        if isReused {
            // Its steps are not run, and count as done.
            count(
                StepTally(finished: state.frames[slot].steps.count - state.frames[slot].endedSteps), inside: address)
        }
        state.frames[address.frame].containers[address.place]?.loop?.completed += 1
        keep(output, of: slot, at: address)
        state.closedSlots.append(slot)
    }

    mutating func failIteration(_ path: StepPath, _ failure: Failure, time: Timestamp) {
        guard let (slot, address) = closeFrame(path, as: .failed, time: time) else { return }
        state.frames[slot].failure = failure
        state.frames[address.frame].containers[address.place]?.loop?.failed += 1
        guard goesOnAfterIterations(address), !failure.endsTask else {
            state.frames[address.frame].containers[address.place]?.brokenFrames.append(slot)
            noteFailure(failure, in: slot)
            return
        }
        keep(.null, of: slot, at: address)
        state.closedSlots.append(slot)
    }

    mutating func cancelIteration(_ path: StepPath, time: Timestamp) {
        guard let (slot, address) = closeFrame(path, as: .cancelled, time: time) else { return }
        state.frames[address.frame].containers[address.place]?.brokenFrames.append(slot)
    }

    private mutating func closeFrame(
        _ path: StepPath, as status: StepStatus, time: Timestamp
    ) -> (slot: Int, container: StepAddress)? {
        guard let slot = state.slots[path], let address = state.frames[slot].container else {
            preconditionFailure("The journal ends an iteration that has not begun.")
        }
        state.frames[slot].idle.end(at: time)
        state.frames[slot].status = status
        state.frames[slot].ended = time
        state.frames[address.frame].containers[address.place]?.openFrames.removeAll { $0 == slot }
        state.attention.insert(address.frame)
        return (slot, address)
    }

    private mutating func keep(_ output: JSON, of slot: Int, at address: StepAddress) {
        guard let index = state.frames[slot].iteration?.index else { return }
        state.frames[address.frame].containers[address.place]?.loop?.previous = output
        state.frames[address.frame].containers[address.place]?.loop?.outputs.set(output, at: index)
    }

    /// A loop or branch has ended as a whole.
    mutating func endContainer(at address: StepAddress, as status: StepStatus, time: Timestamp) {
        guard let container = state.frames[address.frame].containers[address.place], !container.isClosed else { return }
        if let loop = container.loop, let total = loop.total {
            count(StepTally(total: (loop.begun - total) * bodySteps(of: address)), inside: address)
        }
        state.frames[address.frame].containers[address.place]?.isClosed = true
        for slot in container.openFrames where state.frames[slot].iteration == nil {
            state.frames[slot].idle.end(at: time)
            state.frames[slot].status = status
            state.frames[slot].ended = time
            state.frames[slot].failure = state[address].failure
        }
        let isKept = status == .failed || status == .cancelled
        state.frames[address.frame].containers[address.place]?.openFrames = []
        if isKept {
            // A retry takes these up again.
            state.frames[address.frame].containers[address.place]?.brokenFrames =
                container.brokenFrames + container.openFrames
        } else {
            state.closedSlots += container.openFrames + container.brokenFrames
            state.frames[address.frame].containers[address.place]?.brokenFrames = []
        }
    }

    /// What a loop or branch has done so far does not count: it begins anew.
    mutating func discardContainer(at address: StepAddress) {
        guard let container = state.frames[address.frame].containers.removeValue(forKey: address.place) else { return }
        count(container.tally.negated, in: address.frame)
        count(StepTally(total: 1), in: address.frame)
        for slot in container.openFrames + container.brokenFrames {
            state.frames[slot].status = .cancelled
            state.closedSlots.append(slot)
        }
    }

    /// Notes the first failure of a block, ends what has not begun in it, and does the same to all that this failure
    /// will bring down.
    mutating func noteFailure(_ failure: Failure, in slot: Int) {
        state.frames[slot].failure = state.frames[slot].failure ?? failure
        stopFrame(slot)
        guard let address = state.frames[slot].container else {
            // What fails after somebody asked the task to stop does not change how it ends.
            if state.failure == nil, !state.isCancelRequested { state.failure = failure }
            return
        }
        if goesOnAfterIterations(address), !failure.endsTask { return }
        stopContainer(at: address, failure: failure)
        // It may be run again as a whole.
        guard retryPolicy(at: address, after: failure) == nil, !isAllowed(failure, at: address) else { return }
        noteFailure(failure, in: address.frame)
    }

    /// Begins nothing more in a loop or branch.
    mutating func stopContainer(at address: StepAddress, failure: Failure?) {
        guard let container = state.frames[address.frame].containers[address.place],
            state[address].status == .running
        else { return }
        state.frames[address.frame].containers[address.place]?.isStopping = true
        state.frames[address.frame].containers[address.place]?.failure = container.failure ?? failure
        for slot in container.openFrames { stopFrame(slot) }
        state.attention.insert(address.frame)
    }

    /// Begins nothing more in a block, nor in any inside it.
    mutating func stopFrame(_ slot: Int) {
        state.attention.insert(slot)
        guard !state.frames[slot].isStopping else { return }
        state.frames[slot].isStopping = true
        for place in state.frames[slot].containers.keys {
            stopContainer(at: StepAddress(frame: slot, place: place), failure: nil)
        }
    }

    private func goesOnAfterIterations(_ address: StepAddress) -> Bool {
        guard case .forEach(let loop) = definition(at: address).kind else { return false }
        return loop.continuesOnItemError
    }

    func bodySteps(of address: StepAddress) -> Int {
        guard let body = block(of: address.frame).inner[address.place][""] else { return 0 }
        return executable.blocks[body].steps.count
    }
}
