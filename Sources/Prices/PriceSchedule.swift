/// The prices of one service: those of short prompts, and those of long ones.
public struct PriceSchedule: Sendable, Hashable {
    /// What calls cost whose prompt is not longer than any of the bounds.
    public var base: PriceRates
    /// What whole calls cost whose prompt is longer than a bound, by rising bounds: never the excess alone.
    public var above: [LongPrompt]

    public init(base: PriceRates, above: [LongPrompt] = []) {
        self.base = base
        self.above = above
    }

    /// Prices from a length of prompt on.
    public struct LongPrompt: Sendable, Hashable {
        /// They hold for prompts of more tokens than these.
        public var tokens: Int64
        public var rates: PriceRates

        public init(tokens: Int64, rates: PriceRates) {
            self.tokens = tokens
            self.rates = rates
        }
    }

    /// The bound that a prompt exceeds, if any, and the prices for it.
    func rates(forPrompt tokens: Int64) -> (above: Int64?, rates: PriceRates) {
        guard let longest = above.last(where: { tokens > $0.tokens }) else { return (nil, base) }
        return (longest.tokens, longest.rates.filled(from: base, kinds: Self.withoutLength))
    }

    /// All prices that hold for some prompt of at most so many tokens.
    func allRates(forPromptsUpTo tokens: Int64) -> [PriceRates] {
        [base]
            + above.filter { tokens > $0.tokens }.map { $0.rates.filled(from: base, kinds: Self.withoutLength) }
    }

    /// What costs the same however long the prompt is, unless it is said otherwise.
    private static let withoutLength: [PriceKind] = [.webSearch]
}
