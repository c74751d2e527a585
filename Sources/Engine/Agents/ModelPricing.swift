public import Core
internal import Prices

/// Says what a model call can cost at most, for bounds that are looked at before it.
public protocol ModelPricing: Sendable {
    /// The most that a call of that size can cost; nil when that is unknown.
    func worstCase(_ call: PricedCall) -> Money?
    /// What is missing for saying what that call has cost, as part of a sentence; nil when nothing is.
    func gap(of call: UnpricedCall) -> String?
}

/// A model call of which is not known what it cost.
public struct UnpricedCall: Sendable, Hashable {
    /// `provider/model`.
    public var model: String
    /// What the provider says has answered.
    public var responseModel: String?
    public var serviceTier: String?
    public var usage: TokenUsage
    public var at: Timestamp
}

extension UnpricedCall {
    /// - Parameter turn: one whose cost is not known.
    /// - Returns: nil when the provider has not said what was used: then no price is missing.
    init?(_ turn: Turn, at time: Timestamp) {
        guard turn.cost == nil, turn.response["tokens"] == nil else { return nil }
        model = turn.model
        responseModel = turn.response["model"]?.stringValue
        serviceTier = turn.response["service_tier"]?.stringValue
        usage = turn.usage
        at = time
    }
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

    func gap(of call: UnpricedCall) -> String? {
        PriceTable.shipped.gap(
            of: call.usage, model: call.model, responseModel: call.responseModel, serviceTier: call.serviceTier,
            at: call.at)?.clause
    }
}
