/// A decimal number as it is written, digit by digit: prices never become binary fractions.
struct DecimalText {
    /// The digits without point and without zeros at the end.
    private var digits: Int64
    /// The number is the digits times ten to this power.
    private var exponent: Int

    /// More digits than these are the noise of binary fractions (`3.0000000000000003e-06`) and are rounded away.
    private static let significantDigits = 15

    /// Reads digits with an optional point and exponent, not negative: `0.0375`, `3.75e-08`.
    init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
        guard let mantissa = parts.first, parts.count <= 2, !mantissa.isEmpty, text.utf8.count <= 40 else { return nil }
        var power = 0
        if parts.count == 2 {
            guard let written = Int(parts[1]), abs(written) <= 400 else { return nil }
            power = written
        }
        let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }) else {
            return nil
        }
        var written = halves.joined().drop { $0 == "0" }
        if halves.count == 2 { power -= halves[1].utf8.count }
        var isRoundedUp = false
        if written.utf8.count > Self.significantDigits {
            let rest = written.dropFirst(Self.significantDigits)
            isRoundedUp = (rest.first ?? "0") >= "5"
            power += rest.utf8.count
            written = written.prefix(Self.significantDigits)
        }
        var value = written.isEmpty ? 0 : Int64(written) ?? 0
        if isRoundedUp { value += 1 }
        while value != 0, value.isMultiple(of: 10) {
            value /= 10
            power += 1
        }
        digits = value
        exponent = value == 0 ? 0 : power
    }

    /// The number times ten to that power; nil if that is not whole or too large.
    func integer(timesTenToThe power: Int) -> Int64? {
        let zeros = exponent + power
        guard digits != 0 else { return 0 }
        guard (0...18).contains(zeros) else { return nil }
        var result = digits
        for _ in 0..<zeros {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }

    /// The number times ten to that power, rounded half to even; nil if it is too large.
    func rounded(timesTenToThe power: Int) -> Int64? {
        let zeros = exponent + power
        guard zeros < 0 else { return integer(timesTenToThe: power) }
        // 15 digits or fewer: beyond that nothing is left of them.
        guard zeros >= -16 else { return 0 }
        var divisor: Int64 = 1
        for _ in 0..<(-zeros) { divisor *= 10 }
        let (whole, rest) = digits.quotientAndRemainder(dividingBy: divisor)
        let isUp = rest > divisor - rest || (rest == divisor - rest && !whole.isMultiple(of: 2))
        return whole + (isUp ? 1 : 0)
    }

    /// A whole number times ten to a negative power, as a plain decimal without needless zeros.
    static func write(_ value: Int64, timesTenToThe power: Int) -> String {
        var digits = String(value)
        let places = -power
        if digits.utf8.count <= places {
            digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
        }
        var fraction = digits.suffix(places)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = digits.dropLast(places)
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
