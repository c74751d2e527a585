internal import Core
internal import Plans

extension TaskMachine {
    /// Looks whether a model call fits what the task may spend. If it does not, the step waits: for others that have put
    /// something aside, or for a person who raises the bound.
    /// - Returns: whether it fits.
    mutating func fitsBudget(_ work: StepWork, at address: StepAddress) throws(Failure) -> Bool {
        guard state.limits.boundsSpending, case .agent(let agent) = work.call else { return true }
        if state.limits.cost != nil, ModelPrice.of(agent.model) == nil {
            throw Failure(
                .budget,
                "The cost of \(agent.model) is not known, so the limit on cost cannot be kept. Set a limit on tokens instead."
            )
        }
        let said = agent.conversation.reduce(0) { $0 + $1.text.utf8.count }
        let worst = Reservation(worstCaseOf: work.call.json.bytes.count + said, model: agent.model)
        var used = state.spending
        used += state.childrenSpending
        if hasChildUnderWay {
            waitForBudget(work.step)
            return false
        }
        guard let excess = excess(used, worst) else { return true }
        if state.reserved != .none, self.excess(used, worst, ignoringReserved: true) == nil {
            waitForBudget(work.step)
            return false
        }
        request(
            .budget, at: work.step, run: nil, title: "Raise the limit on \(excess.name)?",
            proposal: .object(excess.proposal))
        return false
    }

    /// Which bound the call would pass, and what it would have to be.
    private func excess(
        _ used: Spending, _ worst: Reservation, ignoringReserved: Bool = false
    ) -> (name: String, proposal: JSONObject)? {
        let reserved = ignoringReserved ? .none : state.reserved
        let tokens = used.usage.total + reserved.tokens + worst.tokens
        let cost = used.cost + reserved.cost + worst.cost
        let calls = used.modelCalls + reserved.modelCalls + worst.modelCalls
        var names: [String] = []
        var proposal = JSONObject()
        if let limit = state.limits.tokens, tokens > limit {
            names.append("tokens (\(limit))")
            proposal["tokens"] = .int(max(tokens, limit * 2))
        }
        if let limit = state.limits.cost, cost > limit {
            names.append("cost (\(limit) USD)")
            proposal["cost"] = .string(max(cost, Money(rawValue: limit.rawValue * 2)).description)
        }
        if let limit = state.limits.modelCalls, calls > limit {
            names.append("model calls (\(limit))")
            proposal["model_calls"] = .int(Int64(max(calls, limit * 2)))
        }
        return names.isEmpty ? nil : (names.joined(separator: " and "), proposal)
    }

    /// Lets the steps try again that waited for others to settle.
    mutating func retryBudgetWaits() {
        guard state.result == nil, state.limits.boundsSpending else { return }
        for (path, address) in state.waiting.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let wait = state.frames[address.frame].steps[address.place].wait
            if wait?.reason == .budget, wait?.blocker == nil { emit(.stepQueued(path)) }
        }
    }
}
