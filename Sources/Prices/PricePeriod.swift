public import Core

/// The prices of a model for a stretch of time.
public struct PricePeriod: Sendable, Hashable {
    /// From this moment on; nil for always before `until`.
    public var from: Timestamp?
    /// Before this moment; nil for as long as nobody knows better.
    public var until: Timestamp?
    /// The usual service.
    public var standard: PriceSchedule
    /// Services that cost other than the usual: `batch`, `flex`, `priority` and whatever else a provider sells.
    public var tiers: [String: PriceSchedule]
    /// By what all tokens are multiplied for a word of the service (`us`: processed in the United States), in
    /// thousandths.
    public var factors: [String: Int64]
    /// Hours in which the usual service costs other than that.
    public var peak: PeakHours?
    /// Whether any number of searches in one call is charged as one.
    public var isSearchChargedPerCall: Bool

    public init(
        from: Timestamp? = nil, until: Timestamp? = nil, standard: PriceSchedule,
        tiers: [String: PriceSchedule] = [:], factors: [String: Int64] = [:], peak: PeakHours? = nil,
        isSearchChargedPerCall: Bool = false
    ) {
        self.from = from
        self.until = until
        self.standard = standard
        self.tiers = tiers
        self.factors = factors
        self.peak = peak
        self.isSearchChargedPerCall = isSearchChargedPerCall
    }

    /// Whether these are the prices of that moment.
    public func contains(_ moment: Timestamp) -> Bool {
        (from.map { $0 <= moment } ?? true) && (until.map { moment < $0 } ?? true)
    }
}
