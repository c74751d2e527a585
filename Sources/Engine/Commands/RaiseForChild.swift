public import Core

/// A person has raised limits of a task that a step of this one has started: what it uses counts here too, so the limits of
/// this one are raised by what it then lacks.
public struct RaiseForChild: TaskCommand {
    public let child: TaskNumber
    /// What was raised, as it is now.
    public let limits: TaskLimits
    /// The name of who did it.
    public let by: String

    public init(_ child: TaskNumber, _ limits: TaskLimits, by name: String) {
        self.child = child
        self.limits = limits
        by = name
    }

    public func apply(to machine: inout TaskMachine) throws {
        // One that nobody counts any more takes nothing.
        guard machine.state.result == nil, machine.state.children[child] != nil else { return }
        let raised = machine.roomNeeded(forChildWith: limits)
        guard raised != TaskLimits() else { return }
        machine.emit(.limitsRaised(raised, child: child, by: by))
        machine.raiseParent(raised, by: by)
    }
}

extension TaskMachine {
    /// Those limits that must be raised so that a child may use that much; what is wide enough is nil.
    fileprivate func roomNeeded(forChildWith limits: TaskLimits) -> TaskLimits {
        var used = state.spending
        used += state.childrenSpending
        func needed(_ wanted: Int64?, _ used: Int64, _ limit: Int64?) -> Int64? {
            guard let wanted, let limit else { return nil }
            // Whoever gives more than can be counted means without bound.
            let (sum, isTooMuch) = used.addingReportingOverflow(wanted)
            return isTooMuch ? .max : sum > limit ? sum : nil
        }
        func count(_ value: Int?) -> Int64? { value.map(Int64.init) }
        let limit = state.limits
        return TaskLimits(
            tokens: needed(limits.tokens, used.tokensAtMost, limit.tokens),
            cost: needed(limits.cost?.rawValue, used.costAtMost.rawValue, limit.cost?.rawValue).map(
                Money.init(rawValue:)),
            modelCalls: needed(count(limits.modelCalls), Int64(used.modelCalls), count(limit.modelCalls)).map(Int.init),
            toolCalls: needed(count(limits.toolCalls), Int64(used.toolCalls), Int64(toolCallLimit)).map(Int.init))
    }

    /// Lets the task above, if there is one, make room for what was raised here.
    mutating func raiseParent(_ raised: TaskLimits, by name: String) {
        guard state.origin.parent != nil else { return }
        let shared = TaskLimits(
            tokens: raised.tokens, cost: raised.cost, modelCalls: raised.modelCalls, toolCalls: raised.toolCalls)
        if shared != TaskLimits() { act(.raiseParent(shared, by: name)) }
    }
}
