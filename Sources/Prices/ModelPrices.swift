public import Core

/// All that a price document says of one model.
public struct ModelPrices: Sendable, Hashable {
    /// `provider/model`; with `*` at the end for all models that begin so.
    public var name: String
    /// Other names of the same model, each `provider/model`.
    public var aliases: [String]
    /// The tokens that it takes in, if known.
    public var contextWindow: Int64?
    /// The tokens that it can answer, if known.
    public var outputMaximum: Int64?
    /// The page that the prices stand on.
    public var source: String?
    /// Where the page was quoted, if it was not read itself.
    public var via: String?
    /// The day on which they were read there: `2026-11-26`.
    public var readOn: String?
    /// By time, without overlaps.
    public var periods: [PricePeriod]

    public init(
        name: String, aliases: [String] = [], contextWindow: Int64? = nil, outputMaximum: Int64? = nil,
        source: String? = nil, via: String? = nil, readOn: String? = nil, periods: [PricePeriod] = []
    ) {
        self.name = name
        self.aliases = aliases
        self.contextWindow = contextWindow
        self.outputMaximum = outputMaximum
        self.source = source
        self.via = via
        self.readOn = readOn
        self.periods = periods
    }

    /// The prices of that moment.
    public func period(at moment: Timestamp) -> PricePeriod? { periods.first { $0.contains(moment) } }
}
