internal import Core
internal import Plans

extension TaskMachine {
    /// What has been reckoned with for what the run is given, in bytes.
    func reckonedInputBytes(at address: StepAddress) -> Int {
        state[address].conduct?.inputBytes ?? 0
    }

    /// Looks whether the next model call of a run under way fits.
    mutating func fitsBudget(at address: StepAddress, _ path: StepPath, run: RunNumber) throws(Failure) -> Bool {
        guard state.limits.boundsSpending else { return true }
        let model = modelOfRun(at: address)
        if let check = dueLoopCheck(at: address), state.limits.cost != nil, check.worst.cost == nil {
            throw unknownCost(of: check.model, check.worst)
        }
        let worst = nextCallWorstCase(at: address)
        return try fitsBudget(worst, model: model, at: address, path, run: run)
    }

    /// The question to a model whether the agent goes round in circles, if it is to be asked next, with what it may use
    /// at most.
    func dueLoopCheck(at address: StepAddress) -> (model: String, worst: Reservation)? {
        let rules = loopRules(at: address)
        let agent = agentRun(at: address)
        guard let every = rules.checkEvery, agent.seenCalls - agent.checkedAt >= every else { return nil }
        let model = rules.model ?? state[address].conduct?.model ?? ""
        let worst = worstCase(
            of: Limits.loopCheckBytesMaximum, [], model: model, at: address,
            answerTokens: Int64(Limits.loopCheckAnswerTokens))
        return (model, worst)
    }

    private func unknownCost(of model: String, _ worst: Reservation) -> Failure {
        let plain = PricedCall(model: model, promptTokens: 1, outputTokens: 1, writesLongCache: false, at: now)
        guard worst.webSearches == 0 || pricing.worstCase(plain) == nil else {
            return Failure(
                .budget,
                "What a search of the web costs with \(model) is not known, so the limit on cost cannot be kept. Give its price "
                    + "(web_search) in prices.json in the data directory, take web_search from the tools of the agent, or "
                    + "set a limit on tokens instead.")
        }
        return Failure(
            .budget,
            "The cost of \(model) is not known, so the limit on cost cannot be kept. Give its price in prices.json in the data "
                + "directory, or set a limit on tokens instead.")
    }

    /// What cannot go on because of calls that were made before.
    private func unknownPast(calls: Int) -> Failure {
        let what = calls == 1 ? "one call" : "\(calls) calls"
        let gap = state.unpricedCall.flatMap { pricing.gap(of: $0) }
        let reprice = "`signalbox prices reprice --task \(state.origin.number.rawValue)`"
        return Failure(
            .budget,
            "What \(what) of this task cost is not known\(gap.map { " (\($0))" } ?? ""), so the limit on cost cannot be "
                + "kept. Add the price that is missing to prices.json in the data directory, reckon the task anew "
                + "(\(reprice)), and retry it; or set a limit on tokens instead.")
    }

    /// What is put aside for others than that step.
    func reserved(beside address: StepAddress) -> Reservation {
        var others = state.reserved
        others -= state[address].conduct?.reservation ?? .none
        return others
    }

    /// Looks whether a model call fits what the task may spend. If it does not, the step waits: for others that have put
    /// something aside, or for a person who raises the bound.
    /// - Returns: whether it fits.
    mutating func fitsBudget(
        _ worst: Reservation, model: String, at address: StepAddress, _ path: StepPath, run: RunNumber?
    ) throws(Failure) -> Bool {
        if state.limits.cost != nil, worst.cost == nil {
            throw unknownCost(of: model, worst)
        }
        var used = state.spending
        used += state.childrenSpending
        // What is unknown counts as nothing in a sum, and nothing would ever be too much.
        let unknown = used.unpricedCalls - used.lost.calls
        if state.limits.cost != nil, unknown > 0 {
            throw unknownPast(calls: unknown)
        }
        if hasChildUnderWay {
            waitForBudget(path)
            return false
        }
        let others = reserved(beside: address)
        let exceeded = exceeded(used, worst, others)
        guard !exceeded.isEmpty else { return true }
        if others != .none, self.exceeded(used, worst, .none).isEmpty {
            waitForBudget(path)
            return false
        }
        requestRaise(exceeded, at: path, run)
        return false
    }

    /// Asks a person for more room.
    mutating func requestRaise(_ exceeded: [LimitReckoning], at path: StepPath, _ run: RunNumber?) {
        var proposal = JSONObject()
        for limit in exceeded { proposal[limit.kind.rawValue] = limit.proposal }
        let names = exceeded.map(\.name).joined(separator: " and ")
        request(.budget, at: path, run: run, title: "Raise the limit on \(names)?") { request in
            request.subject = LimitReckoning.subject(exceeded)
            request.proposal = .object(proposal)
        }
    }

    /// Which bounds the call would pass.
    private func exceeded(_ used: Spending, _ worst: Reservation, _ reserved: Reservation) -> [LimitReckoning] {
        func reckoning(
            _ kind: LimitReckoning.Kind, _ limit: Int64?, _ used: Int64, _ reserved: Int64, _ next: Int64,
            lost: Int64 = 0
        ) -> LimitReckoning? {
            guard let limit else { return nil }
            let reckoning = LimitReckoning(
                kind, limit: limit, used: used, reserved: reserved, next: next, lost: lost,
                origin: origin(of: limit, kind))
            return reckoning.isExceeded ? reckoning : nil
        }
        let limits = state.limits
        return [
            reckoning(
                .tokens, limits.tokens, used.tokensAtMost, reserved.tokens, worst.tokens, lost: used.lost.tokens),
            reckoning(
                .cost, limits.cost?.rawValue, used.costAtMost.rawValue, (reserved.cost ?? .zero).rawValue,
                (worst.cost ?? .zero).rawValue, lost: used.lost.cost.rawValue),
            reckoning(
                .modelCalls, limits.modelCalls.map(Int64.init), Int64(used.modelCalls), Int64(reserved.modelCalls),
                Int64(worst.modelCalls)),
        ].compactMap(\.self)
    }

    /// Lets the steps try again that waited for others to settle.
    mutating func retryBudgetWaits() {
        guard state.result == nil, state.limits.boundsSpending else { return }
        for (path, address) in state.waiting.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let wait = state[address].wait
            if wait?.reason == .budget, wait?.blocker == nil { emit(.stepQueued(path)) }
        }
    }
}
