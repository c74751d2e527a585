internal import Core

/// A sum of prices before it is rounded: exact, in units of a thousandth femto-dollar for each factor that applies.
struct WideAmount {
    private var value: Int128 = 0
    private(set) var isOverflown = false

    /// Femto-dollars in a nano-dollar.
    private static let unitsPerNanoDollar: Int128 = 1_000_000

    mutating func add(_ count: Int64, at rate: Rate) {
        add(Int128(count) * Int128(rate.femtoDollars))
    }

    /// The sum with what belongs to it beside the tokens.
    mutating func add(_ other: WideAmount) {
        isOverflown = isOverflown || other.isOverflown
        add(other.value)
    }

    /// Multiplies the sum.
    mutating func multiply(by factor: Int64) {
        let (product, overflow) = value.multipliedReportingOverflow(by: Int128(factor))
        value = product
        isOverflown = isOverflown || overflow
    }

    private mutating func add(_ more: Int128) {
        let (sum, overflow) = value.addingReportingOverflow(more)
        value = sum
        isOverflown = isOverflown || overflow
    }

    /// Rounded to nano-dollars, half to even; nil if it is too large for an amount.
    /// - Parameter thousandths: how often the sum was multiplied by thousandths.
    func money(dividedByThousand thousandths: Int) -> Money? {
        guard !isOverflown, value >= 0 else { return nil }
        var divisor = Self.unitsPerNanoDollar
        for _ in 0..<thousandths {
            let (product, overflow) = divisor.multipliedReportingOverflow(by: 1000)
            guard !overflow else { return nil }
            divisor = product
        }
        let (whole, rest) = value.quotientAndRemainder(dividingBy: divisor)
        let isUp = rest > divisor - rest || (rest == divisor - rest && !whole.isMultiple(of: 2))
        let rounded = whole + (isUp ? 1 : 0)
        return Int64(exactly: rounded).map(Money.init(rawValue:))
    }
}
