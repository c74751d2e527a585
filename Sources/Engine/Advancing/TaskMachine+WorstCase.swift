internal import Core
internal import Plans

/// What calls of models may use at most.
extension TaskMachine {
    /// What the first model call of a run may use at most; nil where nothing is bounded. Whatever an earlier run of the step
    /// came to is reckoned with again, so that nobody is asked for an amount that is not enough.
    func worstCase(of work: StepWork, at address: StepAddress) -> Reservation? {
        guard state.limits.boundsSpending, case .agent(let agent) = work.call else { return nil }
        return worstCase(at: address) { searches in
            worstCase(
                of: max(reckonedInputBytes(at: address), firstRequestBytes(of: work.call.json, at: address)),
                agent.conversation,
                model: agent.model, at: address,
                webSearches: searches)
        }
    }

    /// What a run's next call of a model may use at most, with the question whether it goes round in circles where that
    /// comes first. The cost is nil when either is unknown.
    func nextCallWorstCase(at address: StepAddress) -> Reservation {
        let conduct = state[address].dealings
        let model = modelOfRun(at: address)
        let check = dueLoopCheck(at: address)?.worst
        return worstCase(at: address) { searches in
            var worst = worstCase(
                of: conduct.inputBytes, conduct.conversation, model: model, at: address, webSearches: searches)
            guard let check else { return worst }
            let isKnown = worst.cost != nil && check.cost != nil
            worst += check
            if !isKnown { worst.cost = nil }
            return worst
        }
    }

    /// A call that sends that much and is answered with as much as it may be answered at most.
    func worstCase(
        of inputBytes: Int, _ conversation: [ConversationMessage], model: String, at address: StepAddress,
        answerTokens: Int64? = nil, webSearches: Int = 0
    ) -> Reservation {
        let bytes = conversation.reduce(inputBytes) { $0 + $1.size }
        let agent = agent(of: definition(at: address))
        let call = PricedCall(
            model: model, promptTokens: Int64(bytes / Limits.bytesPerTokenReserved + 1),
            outputTokens: answerTokens ?? self.answerTokens(at: address).map(Int64.init)
                ?? Limits.modelOutputTokensReserved,
            webSearches: Int64(webSearches), serviceTier: agent?.serviceTier,
            writesLongCache: agent?.cacheLifetime == "1h", at: now)
        return Reservation(
            tokens: call.promptTokens + call.outputTokens, cost: pricing.worstCase(call), modelCalls: 1,
            webSearches: webSearches)
    }

    /// The model that a run under way asks.
    func modelOfRun(at address: StepAddress) -> String {
        state[address].conduct?.model ?? state.models.last ?? ""
    }

    /// Whether searches of the web are reckoned with: cost is bounded, and the agent has them.
    func reckonsWithSearches(at address: StepAddress) -> Bool {
        state.limits.cost != nil && hasWebSearch(at: address)
    }

    /// Whether the provider may search the web for the step's agent.
    func hasWebSearch(at address: StepAddress) -> Bool {
        guard let agent = agent(of: definition(at: address)) else { return false }
        return agent.tools.contains { if case .webSearch = $0.kind { true } else { false } }
    }

    /// The worst case with as many searches of the web as are reckoned with, or with fewer where the limit on cost leaves
    /// room for these only. Where there is no room for a single one, it is the worst case with one: the agent cannot do
    /// with less, and no more than that is to be waited for or asked for.
    private func worstCase(
        at address: StepAddress, with searches: (Int) -> Reservation
    ) -> Reservation {
        guard reckonsWithSearches(at: address) else { return searches(0) }
        let all = searches(Limits.webSearchesReserved)
        guard let limit = state.limits.cost else { return all }
        let spent = state.spending.costAtMost + state.childrenSpending.costAtMost
        let taken = spent + (reserved(beside: address).cost ?? .zero)
        var worst = all
        for count in (1..<Limits.webSearchesReserved).reversed() {
            guard let cost = worst.cost, taken + cost > limit else { return worst }
            worst = searches(count)
        }
        return worst
    }
}
