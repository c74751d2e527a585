public import Core

/// What a model call may use at most, put aside before it begins so that parallel calls cannot pass a bound together.
public struct Reservation: Sendable, Hashable {
    public var tokens: Int64
    /// Nil when the price of the model is not known.
    public var cost: Money?
    public var modelCalls: Int
    /// Searches of the web that are in the cost.
    public var webSearches: Int

    /// Nothing.
    public static let none = Reservation(tokens: 0, cost: .zero, modelCalls: 0)

    public init(tokens: Int64, cost: Money?, modelCalls: Int, webSearches: Int = 0) {
        self.tokens = tokens
        self.cost = cost
        self.modelCalls = modelCalls
        self.webSearches = webSearches
    }

    static func += (sum: inout Reservation, more: Reservation) {
        sum.tokens += more.tokens
        sum.cost = (sum.cost ?? .zero) + (more.cost ?? .zero)
        sum.modelCalls += more.modelCalls
        sum.webSearches += more.webSearches
    }

    static func -= (sum: inout Reservation, less: Reservation) {
        sum.tokens -= less.tokens
        sum.cost = (sum.cost ?? .zero) - (less.cost ?? .zero)
        sum.modelCalls -= less.modelCalls
        sum.webSearches -= less.webSearches
    }
}
