internal import Core
internal import Plans

/// What bounds an agent, and what it is told when it comes near.
extension TaskMachine {
    /// From this share of a bound on, in percent, an agent is told to come to an end (product §6).
    private static let warningPercent: Int64 = 80

    /// How many turns one run may have.
    func turnLimit(at address: StepAddress) -> Int {
        let settings = state.origin.agents.turns
        let asked = state.origin.limits.turns ?? settings
        let own = min(agent(of: definition(at: address))?.limits.turns ?? settings, asked, settings)
        // What a person has raised it to holds for every agent, but narrows none.
        return max(own, state.raisedTurns ?? own)
    }

    /// How many tool calls the task and its children may make.
    var toolCallLimit: Int { state.limits.toolCalls ?? state.origin.agents.toolCalls }

    private var usedToolCalls: Int { state.spending.toolCalls + state.childrenSpending.toolCalls }

    /// Whether so many more calls fit; asks a person if not.
    mutating func hasRoom(forToolCalls count: Int, _ path: StepPath, _ run: RunNumber) -> Bool {
        let limit = toolCallLimit
        guard usedToolCalls + count > limit else { return true }
        requestRaise(
            [
                LimitReckoning(
                    .toolCalls, limit: Int64(limit), used: Int64(usedToolCalls), next: Int64(count),
                    origin: origin(of: Int64(limit), .toolCalls))
            ], at: path, run)
        return false
    }

    /// The longest answer that was reckoned with when the budget was looked at; nil where nothing bounds it.
    func answerTokens(at address: StepAddress) -> Int? {
        let own = agent(of: definition(at: address))?.outputTokensMaximum
        guard state.limits.boundsSpending else { return own }
        return own ?? Int(Limits.modelOutputTokensReserved)
    }

    /// How far the next answer may go: as far as it was reckoned with.
    func answerBounds(at address: StepAddress) -> AnswerBounds {
        AnswerBounds(
            outputTokens: answerTokens(at: address),
            webSearches: reckonsWithSearches(at: address) ? nextCallWorstCase(at: address).webSearches : nil)
    }

    /// What an agent is told that comes near a bound; once in a run, and once more when the bound has been raised.
    func warning(at address: StepAddress, turns: Int, limit turnLimit: Int) -> String? {
        guard !agentRun(at: address).isWarned || agentRun(at: address).raised != nil else { return nil }
        var used = state.spending
        used += state.childrenSpending
        var near: [String] = []
        func note(_ value: Int64, of limit: Int64?, _ sentence: @autoclosure () -> String) {
            guard let limit, value * 100 >= limit * Self.warningPercent, value > 0 else { return }
            near.append(sentence())
        }
        note(Int64(turns), of: Int64(turnLimit), "\(turns) of \(turnLimit) turns")
        note(Int64(usedToolCalls), of: Int64(toolCallLimit), "\(usedToolCalls) of \(toolCallLimit) tool calls")
        note(
            used.tokensAtMost, of: state.limits.tokens,
            "\(used.tokensAtMost) of \(state.limits.tokens ?? 0) tokens")
        note(
            used.costAtMost.rawValue, of: state.limits.cost?.rawValue,
            "\(used.costAtMost) of \(state.limits.cost ?? .zero) US dollars")
        note(
            Int64(used.modelCalls), of: state.limits.modelCalls.map(Int64.init),
            "\(used.modelCalls) of \(state.limits.modelCalls ?? 0) model calls")
        let active = activeMilliseconds
        // Of a short time whole seconds would say nothing, or that it is over.
        let (unit, word): (Int64, String) = durationLimit < 10_000 ? (1, "milliseconds") : (1000, "seconds")
        note(active, of: durationLimit, "\(active / unit) of \(durationLimit / unit) \(word)")
        guard !near.isEmpty else { return nil }
        return "You have used \(near.joined(separator: ", ")). Come to an end now: finish what is most important, and "
            + "say in your final message what is left undone."
    }

    /// What an agent is told that has been told to come to an end, and need not any more.
    func raiseNotice(_ raised: TaskLimits, turns: Int) -> String {
        var used = state.spending
        used += state.childrenSpending
        var now: [String] = []
        func note(_ what: String, _ limit: String?, _ used: String) {
            if let limit { now.append("the limit is now \(limit) \(what), of which you have used \(used)") }
        }
        note("tokens", raised.tokens.map(String.init), String(used.tokensAtMost))
        note("US dollars", raised.cost?.description, used.costAtMost.description)
        note("model calls", raised.modelCalls.map(String.init), String(used.modelCalls))
        note("tool calls", raised.toolCalls.map(String.init), String(usedToolCalls))
        note("turns", raised.turns.map(String.init), String(turns))
        return
            "A person has given you more room: \(now.joined(separator: ", and ")). You need not come to an end now: go on."
    }

    /// How long the task may be active, in milliseconds.
    var durationLimit: Int64 { state.limits.durationMilliseconds ?? state.origin.agents.maxDurationMilliseconds }

    /// How long it has been active, as far as it counts, in milliseconds.
    var activeMilliseconds: Int64 {
        state.activeMilliseconds - state.forgivenMilliseconds
            + (state.activeSince.map { now.milliseconds(since: $0) } ?? 0)
    }
}
