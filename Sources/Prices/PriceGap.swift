/// Why a table cannot say what a call costs.
public struct PriceGap: Error, Sendable, Hashable {
    /// `provider/model` as it was asked for.
    public var model: String
    public var reason: Reason

    public enum Reason: Sendable, Hashable {
        /// The model is not in the table.
        case model
        /// It had no price at the time of the call.
        case time
        /// It was answered in a service without a price: `priority`.
        case service(String)
        /// A kind of token (or search) that it used has none.
        case rate(PriceKind)
        /// What is added for where it was processed is not known: `us`.
        case factor(String)
        /// The amount is beyond what money can be here.
        case amount
    }

    /// `fake/any has no price for cache_read`, to be part of a sentence.
    public var clause: String {
        switch reason {
        case .model: "\(model) has no price"
        case .time: "\(model) had no price on the day of the call"
        case .service(let name): "\(model) has no price for the service \(name)"
        case .rate(let kind): "\(model) has no price for \(kind.rawValue)"
        case .factor(let name): "\(model) has no factor for \(name)"
        case .amount: "the amount for \(model) is too large"
        }
    }
}
