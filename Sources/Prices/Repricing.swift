public import Core

/// A turn as it was recorded, and what it was taken to cost.
public struct RecordedTurn: Sendable, Hashable {
    /// `provider/model` as it was asked for.
    public var model: String
    public var responseModel: String?
    public var usage: TokenUsage
    public var serviceTier: String?
    public var pricedAs: String?
    /// When the call was made: history is priced by the prices of its day.
    public var at: Timestamp
    /// Nil for unknown.
    public var cost: Money?
    /// Whether the provider itself said what it costs: then no table changes that.
    public var isCostReported: Bool

    public init(
        model: String, responseModel: String? = nil, usage: TokenUsage, serviceTier: String? = nil,
        pricedAs: String? = nil, at: Timestamp, cost: Money?, isCostReported: Bool = false
    ) {
        self.model = model
        self.responseModel = responseModel
        self.usage = usage
        self.serviceTier = serviceTier
        self.pricedAs = pricedAs
        self.at = at
        self.cost = cost
        self.isCostReported = isCostReported
    }
}

/// What recorded turns cost by another table.
public struct Repricing: Sendable, Hashable {
    /// Each turn's new price, in order; nil where it is unknown, or where the provider's own amount stands.
    public var priced: [Priced?]
    /// The known amounts before, and how many turns had none.
    public var before: Sum
    /// The known amounts now, and how many turns have none.
    public var after: Sum
    /// What is missing in the table for those that have none now, each once.
    public var gaps: [PriceGap] = []

    public struct Sum: Sendable, Hashable {
        public var cost = Money.zero
        public var unknown = 0

        fileprivate mutating func add(_ cost: Money?) {
            if let cost { self.cost += cost } else { unknown += 1 }
        }
    }

    /// What is more now, or less if negative.
    public var difference: Money { after.cost - before.cost }
}

extension PriceTable {
    /// What turns cost by this table. Amounts that providers reported stay.
    public func reprice(_ turns: [RecordedTurn]) -> Repricing {
        var repricing = Repricing(priced: [], before: Repricing.Sum(), after: Repricing.Sum())
        for turn in turns {
            repricing.before.add(turn.cost)
            guard !turn.isCostReported else {
                repricing.priced.append(nil)
                repricing.after.add(turn.cost)
                continue
            }
            let priced = price(
                of: turn.usage, model: turn.model, responseModel: turn.responseModel, serviceTier: turn.serviceTier,
                pricedAs: turn.pricedAs, at: turn.at)
            repricing.priced.append(priced)
            if priced == nil {
                let gap = gap(
                    of: turn.usage, model: turn.model, responseModel: turn.responseModel,
                    serviceTier: turn.serviceTier, pricedAs: turn.pricedAs, at: turn.at)
                if let gap, !repricing.gaps.contains(gap) { repricing.gaps.append(gap) }
            }
            repricing.after.add(priced?.cost)
        }
        return repricing
    }
}
