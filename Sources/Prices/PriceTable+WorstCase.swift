public import Core

extension PriceTable {
    /// The most that a call of that size can cost, for budgets; nil when that is unknown.
    ///
    /// Reckoned are the dearest prices that hold for any prompt up to that length, every prompt token at the dearest of
    /// new and written to the cache, every token of the answer at the dearest of answer and thought. Left out are
    /// the tokens that searches of the web bring, and sound and pictures where they are dearer, of which nobody knows
    /// beforehand.
    /// - Parameters:
    ///   - webSearches: how many the provider may make. Without a price for them the most is unknown.
    ///   - model: `provider/model`.
    ///   - serviceTier: the service that is asked for. A provider may answer in the usual one instead, so the dearer of
    ///     both counts; of `auto` the dearest of all.
    ///   - writesLongCache: whether the request asks for the cache's long time, which is dearer.
    public func worstCase(
        promptTokens: Int64, outputTokens: Int64, webSearches: Int64 = 0, model: String, pricedAs: String? = nil,
        serviceTier: String? = nil, writesLongCache: Bool = false, at moment: Timestamp
    ) -> Money? {
        guard promptTokens >= 0, outputTokens >= 0, webSearches >= 0, let entry = entry(for: model, pricedAs: pricedAs),
            let period = entry.model.period(at: moment)
        else { return nil }
        var tier = ServiceTier(serviceTier, of: period)
        // Nobody knows at which end of an hour a call is charged, so hours in which it is dearer always count.
        var schedules = [period.standard] + (period.peak.map { [$0.schedule] } ?? [])
        if tier.name == "auto" {
            schedules += period.tiers.values.map(period.withSearches)
            tier.name = nil
        } else if tier.name != nil {
            guard let schedule = period.schedule(of: tier, at: moment) else { return nil }
            schedules.append(schedule)
        }
        let all = schedules.flatMap { $0.allRates(forPromptsUpTo: promptTokens) }
        // What a cache costs need not be known for models that have none; what is known counts.
        let writes: [PriceKind] = writesLongCache ? [.cacheWrite, .cacheWriteLong] : [.cacheWrite]
        let highest = PriceRates.highest(of: all.map { $0.only(.input, .output) })
        guard let input = highest[.input], let output = highest[.output] else { return nil }
        let dearestInput = all.flatMap { rates in writes.compactMap { rates[$0] } }.reduce(input, max)
        let dearestOutput = all.compactMap { $0[.reasoning] }.reduce(output, max)

        var amount = WideAmount()
        amount.add(promptTokens, at: dearestInput)
        amount.add(outputTokens, at: dearestOutput)
        for addition in tier.additions {
            guard let factor = period.factors[addition] else { return nil }
            amount.multiply(by: factor)
        }
        if webSearches > 0 {
            guard let search = PriceRates.highest(of: all)[.webSearch] else { return nil }
            var searches = WideAmount()
            searches.add(period.isSearchChargedPerCall ? 1 : webSearches, at: search)
            for _ in tier.additions { searches.multiply(by: 1000) }
            amount.add(searches)
        }
        return amount.money(dividedByThousand: tier.additions.count)
    }
}

extension PriceRates {
    fileprivate func only(_ kinds: PriceKind...) -> PriceRates {
        var rates = PriceRates()
        for kind in kinds { rates[kind] = self[kind] }
        return rates
    }
}
