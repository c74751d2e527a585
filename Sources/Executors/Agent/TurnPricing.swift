internal import Core
internal import Engine
public import Prices
internal import Providers

/// Says what turns cost.
public struct TurnPricing: Sendable {
    private let table: @Sendable () -> PriceTable
    private let pricedAs: @Sendable (String) -> String?

    /// - Parameters:
    ///   - table: the prices that hold now.
    ///   - pricedAs: whose prices hold for a provider whose name the table does not know; nil for nobody's.
    public init(
        table: @escaping @Sendable () -> PriceTable = { .shipped },
        pricedAs: @escaping @Sendable (_ provider: String) -> String? = { _ in nil }
    ) {
        self.table = table
        self.pricedAs = pricedAs
    }

    /// Puts the cost into a turn, with the rates and the version of the table. What the provider itself has said stands.
    func price(_ turn: inout Turn, _ response: ModelResponse, at moment: Timestamp) {
        guard turn.cost == nil, let usage = response.usage else { return }
        let provider = String(turn.model.prefix { $0 != "/" })
        guard
            let priced = table().price(
                of: usage, model: turn.model, responseModel: response.responseModel,
                serviceTier: response.serviceTier, pricedAs: pricedAs(provider), at: moment)
        else { return }
        turn.cost = priced.cost
        turn.price = [
            "source": "table", "table": .string(priced.tableVersion), "rates": priced.rates,
            "tier": .string(priced.tier),
        ]
    }
}
