internal import Core

/// What one token costs, or one search: exact to a billionth of a nano-dollar.
public struct Rate: Sendable, Hashable, Comparable {
    /// Femto-dollars (1e-15 dollars): the price of a million tokens in billionths of a dollar. The smallest that
    /// providers publish, half of half a cent for a million tokens, is a whole number of these.
    public var femtoDollars: Int64

    public init(femtoDollars: Int64) { self.femtoDollars = femtoDollars }

    /// Nothing: a price that is known to be zero.
    public static let free = Rate(femtoDollars: 0)

    /// Dollars for a million tokens, as price pages write them: `0.0375`.
    public init?(perMillion text: String) { self.init(dollars: text, exponent: 9) }

    /// Dollars for a thousand, as price pages write them for searches: `10`.
    public init?(perThousand text: String) { self.init(dollars: text, exponent: 12) }

    /// Dollars for one, as LiteLLM writes them: `3.75e-08`.
    public init?(each text: String) { self.init(dollars: text, exponent: 15) }

    /// Femto-dollars are the number times ten to the power of `exponent`, if that is whole and not negative.
    private init?(dollars text: String, exponent: Int) {
        guard let value = DecimalText(text)?.integer(timesTenToThe: exponent) else { return nil }
        femtoDollars = value
    }

    /// Dollars for a million, without needless zeros.
    public var perMillion: String { DecimalText.write(femtoDollars, timesTenToThe: -9) }

    /// Dollars for a thousand, without needless zeros.
    public var perThousand: String { DecimalText.write(femtoDollars, timesTenToThe: -12) }

    public static func < (left: Rate, right: Rate) -> Bool { left.femtoDollars < right.femtoDollars }
}
