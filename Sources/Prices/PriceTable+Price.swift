public import Core

extension PriceTable {
    /// What a call costs; nil when that is unknown: the model is not in the table, had no price on that day, was answered
    /// in a service without a price, or used a kind of token that has none.
    /// - Parameters:
    ///   - usage: all kinds apart, as the provider reports them.
    ///   - model: `provider/model` as it was asked for.
    ///   - responseModel: what the provider says has answered.
    ///   - serviceTier: the provider's word; several are joined by `+`.
    ///   - pricedAs: whose prices hold when the table does not know the provider's name.
    ///   - moment: when the call was made.
    public func price(
        of usage: TokenUsage, model: String, responseModel: String? = nil, serviceTier: String? = nil,
        pricedAs: String? = nil, at moment: Timestamp
    ) -> Priced? {
        reckon(
            usage, model: model, responseModel: responseModel, serviceTier: serviceTier, pricedAs: pricedAs, at: moment
        ).priced
    }

    /// What is missing in the table, for which it cannot say what that call costs; nil when it can.
    public func gap(
        of usage: TokenUsage, model: String, responseModel: String? = nil, serviceTier: String? = nil,
        pricedAs: String? = nil, at moment: Timestamp
    ) -> PriceGap? {
        reckon(
            usage, model: model, responseModel: responseModel, serviceTier: serviceTier, pricedAs: pricedAs, at: moment
        ).gap
    }

    private func reckon(
        _ usage: TokenUsage, model: String, responseModel: String?, serviceTier: String?, pricedAs: String?,
        at moment: Timestamp
    ) -> Reckoned {
        func gap(_ reason: PriceGap.Reason) -> Reckoned { .gap(PriceGap(model: model, reason: reason)) }
        guard let entry = entry(for: model, responseModel: responseModel, pricedAs: pricedAs) else {
            return gap(.model)
        }
        guard let period = entry.model.period(at: moment) else { return gap(.time) }
        let tier = ServiceTier(serviceTier, of: period)
        guard let schedule = period.schedule(of: tier, at: moment) else { return gap(.service(tier.text)) }
        let (above, rates) = schedule.rates(forPrompt: usage.prompt)

        var tokens = WideAmount()
        var searches = WideAmount()
        var charged = PriceRates()
        for (kind, count) in usage.charges(by: rates, isSearchPerCall: period.isSearchChargedPerCall) {
            guard count >= 0, let rate = rates.charged(for: kind) else { return gap(.rate(kind)) }
            charged[kind] = rate
            if kind == .webSearch { searches.add(count, at: rate) } else { tokens.add(count, at: rate) }
        }
        // Where the call is processed makes its tokens dearer, not its searches.
        for addition in tier.additions {
            guard let factor = period.factors[addition] else { return gap(.factor(addition)) }
            tokens.multiply(by: factor)
            searches.multiply(by: 1000)
        }
        tokens.add(searches)
        guard let cost = tokens.money(dividedByThousand: tier.additions.count) else { return gap(.amount) }

        var json = charged.json
        json["model"] = .string(entry.model.name)
        if let above { json["above"] = .int(above) }
        for addition in tier.additions {
            if let factor = period.factors[addition] {
                json["factor_\(addition)"] = .string(DecimalText.write(factor, timesTenToThe: -3))
            }
        }
        return .priced(Priced(cost: cost, rates: .object(json), tableVersion: version, tier: tier.text))
    }

    /// What a call costs, or why that is unknown.
    private enum Reckoned {
        case priced(Priced)
        case gap(PriceGap)

        var priced: Priced? { if case .priced(let priced) = self { priced } else { nil } }

        var gap: PriceGap? { if case .gap(let gap) = self { gap } else { nil } }
    }
}

extension PricePeriod {
    /// The prices of a service; nil if it has none.
    func schedule(of tier: ServiceTier, at moment: Timestamp) -> PriceSchedule? {
        guard let name = tier.name else {
            guard let peak, peak.contains(moment) else { return standard }
            return peak.schedule
        }
        return tiers[name].map(withSearches)
    }

    /// The prices of a service with that of searches, which are no cheaper in any, unless a list says so.
    func withSearches(_ service: PriceSchedule) -> PriceSchedule {
        var schedule = service
        schedule.base = schedule.base.filled(from: standard.base, kinds: [.webSearch])
        return schedule
    }
}

extension TokenUsage {
    /// What is charged, each token once: parts of a whole that have a price of their own are taken out of the whole.
    func charges(by rates: PriceRates, isSearchPerCall: Bool) -> [(kind: PriceKind, count: Int64)] {
        var counts: [(kind: PriceKind, count: Int64)] = []
        func charge(_ whole: Int64, _ kind: PriceKind, parts: [(PriceKind, Int64)]) {
            var rest = whole
            for (part, count) in parts where count > 0 {
                // A part that costs what its whole costs stays in it.
                if rates[part] == nil, part.fallback == kind { continue }
                // Parts may overlap (pictures that a search brought); none is charged twice.
                let own = min(count, rest)
                counts.append((part, own))
                rest -= own
            }
            if rest != 0 { counts.append((kind, rest)) }
        }
        charge(
            input, .input,
            parts: [(.audioInput, audioInput), (.imageInput, imageInput), (.webSearchTokens, webSearchTokens)])
        charge(cacheRead, .cacheRead, parts: [(.audioCacheRead, audioCacheRead)])
        charge(cacheWrite, .cacheWrite, parts: [])
        charge(cacheWriteHour, .cacheWriteLong, parts: [])
        charge(
            output, .output,
            parts: [(.audioOutput, audioOutput), (.imageOutput, imageOutput), (.reasoning, reasoning)])
        if webSearches != 0 { counts.append((.webSearch, isSearchPerCall ? min(webSearches, 1) : webSearches)) }
        return counts
    }
}
