/// Counters of leaf steps; each loop and branch that has begun keeps those of all inside it, so that they can be taken
/// back when it begins anew.
struct StepTally: Sendable, Hashable {
    /// Those that are known of and were not skipped.
    var total = 0
    /// Those among them that have ended.
    var finished = 0
    var failed = 0

    static func += (sum: inout StepTally, more: StepTally) {
        sum.total += more.total
        sum.finished += more.finished
        sum.failed += more.failed
    }

    /// What takes it back.
    var negated: StepTally { StepTally(total: -total, finished: -finished, failed: -failed) }
}

extension TaskMachine {
    /// Changes the counters by something that happens to a step of that block.
    mutating func count(_ change: StepTally, in slot: Int) {
        state.totalSteps += change.total
        state.finishedSteps += change.finished
        state.failedSteps += change.failed
        var holder = state.frames[slot].container
        while let address = holder {
            state.frames[address.frame].containers[address.place]?.tally += change
            holder = state.frames[address.frame].container
        }
    }

    /// Changes the counters by something that happens in that loop or branch.
    mutating func count(_ change: StepTally, inside address: StepAddress) {
        state.frames[address.frame].containers[address.place]?.tally += change
        count(change, in: address.frame)
    }
}
