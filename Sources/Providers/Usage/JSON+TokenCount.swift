internal import Core

extension JSON {
    /// A number of tokens that can be believed; nil for anything else, also for fractions.
    var tokenCount: Int64? {
        guard let value = intValue, (0...Limits.tokensPerCallMaximum).contains(value) else { return nil }
        return value
    }
}

extension JSON? {
    /// The number of tokens of a part that stands in a whole: one larger than its whole is not believed.
    func tokenCount(within whole: Int64) -> Int64 {
        guard let part = self?.tokenCount, part <= whole else { return 0 }
        return part
    }
}
