internal import Core
internal import Plans

/// Where limits come from, for a person who is asked to raise one.
extension TaskMachine {
    /// Why the limit is what it is; nil when it is what was asked for, or has been raised.
    /// - Parameter agent: the agent whose turns are bounded.
    func origin(of limit: Int64, _ kind: LimitReckoning.Kind, agent: AgentDefinition? = nil) -> LimitReckoning.Origin? {
        if let parent = state.origin.parent, let whole = parent.limits.amount(of: kind),
            parent.rest.amount(of: kind) == limit
        {
            return .rest(of: parent.task, limit: whole)
        }
        let settings = state.origin.agents
        let allowed = TaskLimits(
            tokens: settings.tokens, cost: settings.cost, toolCalls: settings.toolCalls, turns: settings.turns)
        var asked = state.origin.limits.overriding(TaskLimits(executable.plan.limits))
        asked.turns = asked.turns ?? agent?.limits.turns
        guard allowed.amount(of: kind) == limit, let wanted = asked.amount(of: kind), wanted > limit else { return nil }
        return .settings(asked: wanted)
    }
}

extension TaskLimits {
    /// The bound of that kind, as reckonings count it.
    fileprivate func amount(of kind: LimitReckoning.Kind) -> Int64? {
        switch kind {
        case .tokens: tokens
        case .cost: cost?.rawValue
        case .modelCalls: modelCalls.map(Int64.init)
        case .toolCalls: toolCalls.map(Int64.init)
        case .turns: turns.map(Int64.init)
        }
    }
}
