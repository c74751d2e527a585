/// An exact amount of US dollars, in nano-dollars.
public struct Money: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Nano-dollars: 1,000,000,000 of them are a dollar.
    public var rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Nothing.
    public static let zero = Money(rawValue: 0)

    private static let unitsPerDollar: Int64 = 1_000_000_000

    /// Dollars as a plain decimal such as `0.25`; at most nine digits behind the point, not negative.
    public init?(dollars text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.count <= 9, whole.utf8.allSatisfy(Self.isDigit),
            let dollars = Int64(whole)
        else { return nil }
        var fraction: Int64 = 0
        if let digits = parts.dropFirst().first {
            guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isDigit),
                let value = Int64(digits + String(repeating: "0", count: 9 - digits.utf8.count))
            else { return nil }
            fraction = value
        }
        rawValue = dollars * Self.unitsPerDollar + fraction
    }

    /// Dollars as a plain decimal without needless zeros, at least two digits behind the point.
    public var description: String {
        let (dollars, fraction) = rawValue.magnitude.quotientAndRemainder(dividingBy: UInt64(Self.unitsPerDollar))
        var digits = String(fraction)
        digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while digits.utf8.count > 2, digits.hasSuffix("0") { digits.removeLast() }
        return (rawValue < 0 ? "-" : "") + "\(dollars).\(digits)"
    }

    public static func < (left: Money, right: Money) -> Bool { left.rawValue < right.rawValue }

    public static func += (sum: inout Money, more: Money) { sum.rawValue += more.rawValue }

    public static func + (left: Money, right: Money) -> Money { Money(rawValue: left.rawValue + right.rawValue) }

    public static func - (left: Money, right: Money) -> Money { Money(rawValue: left.rawValue - right.rawValue) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
