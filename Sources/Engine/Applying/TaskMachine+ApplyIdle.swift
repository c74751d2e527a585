internal import Core

/// What of a step's time, and of the time of all that it stands in, is none of its own.
extension TaskMachine {
    /// A step was found cut off.
    /// - Parameters:
    ///   - last: when the last event before was written: further than that nobody knows of it.
    ///   - time: now. All that is found at once was cut off at once.
    mutating func cutOff(at address: StepAddress, last: Timestamp, time: Timestamp) {
        if state.cutOff?.found != time { state.cutOff = TaskState.CutOff(found: time, since: last) }
        let since = state.cutOff?.since ?? last
        state[address].idle.begin(at: since)
        forEachHolder(of: address) { frame, container in
            frame.begin(at: since)
            container?.begin(at: since)
        }
        state.hasIdled = true
    }

    /// Something of a step is done or waited for, or it has come to its end.
    mutating func endIdling(at address: StepAddress, time: Timestamp) {
        guard state.hasIdled else { return }
        state[address].idle.end(at: time)
        forEachHolder(of: address) { frame, container in
            frame.end(at: time)
            container?.end(at: time)
        }
    }

    /// All blocks that a step stands in, with the steps that hold these, innermost first.
    private mutating func forEachHolder(of address: StepAddress, _ body: (inout IdleTime, inout IdleTime?) -> Void) {
        var slot: Int? = address.frame
        while let frame = slot {
            var container = state.frames[frame].container.map { state[$0].idle }
            body(&state.frames[frame].idle, &container)
            guard let holder = state.frames[frame].container, let idle = container else { return }
            state[holder].idle = idle
            slot = holder.frame
        }
    }
}
