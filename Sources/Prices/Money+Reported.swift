public import Core

extension Money {
    /// Dollars that a provider says a call costs, as a number or a text, rounded half to even to nano-dollars; nil for
    /// what is no amount or a negative one.
    public init?(reportedDollars json: JSON?) {
        guard let text = json?.decimal, let value = DecimalText(text)?.rounded(timesTenToThe: 9) else { return nil }
        self.init(rawValue: value)
    }

    /// The same amount in another unit, of which so many are a dollar: ten to that power.
    public init?(reportedUnits json: JSON?, perDollarTenToThe power: Int) {
        guard let text = json?.decimal, let value = DecimalText(text)?.rounded(timesTenToThe: 9 - power) else {
            return nil
        }
        self.init(rawValue: value)
    }
}
