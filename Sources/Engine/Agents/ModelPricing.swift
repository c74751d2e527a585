public import Core
internal import Prices

/// Says what a model call can cost at most, for bounds that are looked at before it.
public protocol ModelPricing: Sendable {
    /// The most that a call of that size can cost; nil when that is unknown.
    func worstCase(_ call: PricedCall) -> Money?
}

/// A model call before it is made.
public struct PricedCall: Sendable {
    /// `provider/model`.
    public var model: String
    public var promptTokens: Int64
    public var outputTokens: Int64
    /// Searches of the web that the provider may make in it.
    public var webSearches: Int64 = 0
    /// The service that is asked for; nil for the provider's default.
    public var serviceTier: String?
    /// Whether the request asks for the cache's long time, which is dearer.
    public var writesLongCache: Bool
    public var at: Timestamp
}

/// The prices that Signalbox comes with.
struct ShippedPricing: ModelPricing {
    func worstCase(_ call: PricedCall) -> Money? {
        PriceTable.shipped.worstCase(
            promptTokens: call.promptTokens, outputTokens: call.outputTokens, webSearches: call.webSearches,
            model: call.model, serviceTier: call.serviceTier, writesLongCache: call.writesLongCache, at: call.at)
    }
}
