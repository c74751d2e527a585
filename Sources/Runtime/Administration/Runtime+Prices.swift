internal import Prices

/// What people who look after an installation are told of its prices.
extension Runtime {
    /// The table that holds now.
    public struct PriceSummary: Sendable, Hashable {
        /// What is kept with each amount.
        public var version: String
        /// The lists that it is made of, the first of which has the say, and how many models each has.
        public var lists: [List]

        public struct List: Sendable, Hashable {
            public var name: String
            public var modelCount: Int
        }
    }

    public var priceSummary: PriceSummary {
        let table = prices.table
        return PriceSummary(
            version: table.version,
            lists: table.documents.map { PriceSummary.List(name: $0.name, modelCount: $0.models.count) })
    }

    /// The list that has the price of a model.
    /// - Parameter model: as `provider/model`.
    /// - Returns: nil where no list knows it.
    public func priceList(of model: String) -> String? {
        let provider = String(model.prefix { $0 != "/" })
        return prices.table.entry(for: model, pricedAs: prices.pricedAs(provider))?.list
    }
}
