/// What the tokens of a model cost.
public struct ModelPrice: Sendable, Hashable {
    /// For each token, in nano-dollars.
    public var input: Int64
    public var cacheRead: Int64
    public var cacheWrite: Int64
    public var output: Int64

    public init(input: Int64, cacheRead: Int64, cacheWrite: Int64, output: Int64) {
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.output = output
    }

    /// What scripted answers are reckoned at, so that budgets can be tried without a bill: 1 dollar for a million tokens
    /// of input, 5 for a million of output.
    public static let script = ModelPrice(input: 1_000, cacheRead: 100, cacheWrite: 1_250, output: 5_000)

    /// The price of a model (`provider/model`); nil when it is not known. Real prices come with a price table; until
    /// then only scripts have one.
    public static func of(_ model: String) -> ModelPrice? { model.hasPrefix("script/") ? script : nil }

    /// What that many tokens cost.
    public func cost(of usage: TokenUsage) -> Money {
        Money(
            rawValue: usage.input * input + usage.cacheRead * cacheRead + usage.cacheWrite * cacheWrite
                + usage.output * output)
    }
}
