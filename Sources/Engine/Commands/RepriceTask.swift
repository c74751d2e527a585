internal import Core

/// Turns of a task are reckoned anew, by the prices as they are known now. It may come after the end: what a task has
/// cost is a record, and a record may be corrected as long as it says so.
public struct RepriceTask: TaskCommand {
    public let repricing: TaskRepricing
    /// How often the task had been reckoned anew when the amounts before were read.
    public let seen: Int

    public init(_ repricing: TaskRepricing, seen: Int) {
        self.repricing = repricing
        self.seen = seen
    }

    public func apply(to machine: inout TaskMachine) throws {
        let number = machine.state.origin.number
        guard machine.state.repricings == seen else {
            throw SignalboxError(
                .conflict, "Somebody else has reckoned task \(number) anew at the same time.",
                hint: "Ask once more.")
        }
        guard repricing.turns.count <= Limits.repricedTurnsMaximum else {
            throw SignalboxError(
                .limit, "At most \(Limits.repricedTurnsMaximum) turns are reckoned anew at once.")
        }
        guard !repricing.turns.isEmpty else { return }
        machine.emit(.taskRepriced(repricing))
        machine.goOnRepriced()
    }
}

/// A task that a step had started was reckoned anew after it had ended.
public struct RepriceChild: TaskCommand {
    public let repricing: ChildRepricing

    public init(_ repricing: ChildRepricing) {
        self.repricing = repricing
    }

    public func apply(to machine: inout TaskMachine) throws {
        // One that was given up before its parent heard of its end was never counted.
        guard machine.state.countedChildren.contains(repricing.child) else { return }
        machine.emit(.childRepriced(repricing))
        machine.goOnRepriced()
    }
}

extension TaskMachine {
    /// There may be room in the budget now.
    fileprivate mutating func goOnRepriced() {
        guard state.result == nil else { return }
        retryBudgetWaits()
        advance()
    }
}
