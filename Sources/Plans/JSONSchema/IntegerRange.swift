internal import Core

extension JSON {
    /// Of a whole number that 64 bits do not hold: in what it is beyond them, as part of a sentence. Nil for all else.
    var integerExcess: String? {
        guard case .double(let number) = self, number.isFinite, number.rounded() == number else { return nil }
        // The least integer is no floating-point number here: what is below it may have been rounded to it.
        guard Int64(exactly: number) == nil || number <= -0x1p63 else { return nil }
        return number > 0 ? "too large (at most \(Int64.max))" : "too small (at least \(Int64.min))"
    }
}
