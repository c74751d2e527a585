internal import Core

/// Numbers of JSON, compared and divided without a rounding error.
enum ExactNumber {
    /// Whether the left number is the smaller one; false if one is not a number.
    static func isLess(_ left: JSON, _ right: JSON) -> Bool {
        switch (left, right) {
        case (.int(let left), .int(let right)): left < right
        case (.double(let left), .double(let right)): left < right
        case (.int(let left), .double(let right)): order(left, right) < 0
        case (.double(let left), .int(let right)): order(right, left) > 0
        default: false
        }
    }

    /// Below, at or above zero, as the integer is less than, equal to or greater than the other.
    static func order(_ left: Int64, _ right: Double) -> Int {
        // 2^63 and its negation are doubles, so the comparison with them is exact.
        if right >= 0x1p63 { return -1 }
        if right < -0x1p63 { return 1 }
        let whole = right.rounded(.towardZero)
        let integer = Int64(whole)
        if left != integer { return left < integer ? -1 : 1 }
        return right > whole ? -1 : right < whole ? 1 : 0
    }
}

/// The digits of a decimal number: its absolute value is `digits` · 10^`exponent`.
struct Decimal: Sendable {
    let digits: UInt64
    let exponent: Int

    /// A number as JSON writes it; nil for what is no number.
    init?(_ value: JSON) {
        switch value {
        case .int(let integer):
            digits = integer.magnitude
            exponent = 0
        case .double(let number):
            // The shortest text that gives this number again has at most 17 digits.
            var digits: UInt64 = 0
            var exponent = 0
            var text = number.magnitude.description.utf8[...]
            if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
                exponent = Int(String(Substring(text[mark...].dropFirst()))) ?? 0
                text = text[..<mark]
            }
            var isFraction = false
            for byte in text {
                guard byte != UInt8(ascii: ".") else {
                    isFraction = true
                    continue
                }
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
            while digits != 0, digits % 10 == 0 {
                digits /= 10
                exponent += 1
            }
            self.digits = digits
            self.exponent = exponent
        default: return nil
        }
    }

    /// Whether this is a whole multiple of a number that is not zero.
    func isMultiple(of divisor: Decimal) -> Bool {
        guard digits != 0 else { return true }
        let shift = exponent - divisor.exponent
        if shift >= 0 {
            return Self.product(digits, Self.powerOfTen(shift, modulo: divisor.digits), modulo: divisor.digits) == 0
        }
        // The divisor in units of this number's last digit; one with more digits than fit 64 bits is larger than it.
        var scaled = divisor.digits
        for _ in 0..<(-shift) {
            let (product, overflows) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflows else { return false }
            scaled = product
        }
        return digits % scaled == 0
    }

    private static func powerOfTen(_ power: Int, modulo: UInt64) -> UInt64 {
        var result = 1 % modulo
        var square = 10 % modulo
        var left = power
        while left > 0 {
            if left & 1 == 1 { result = product(result, square, modulo: modulo) }
            square = product(square, square, modulo: modulo)
            left >>= 1
        }
        return result
    }

    private static func product(_ left: UInt64, _ right: UInt64, modulo: UInt64) -> UInt64 {
        modulo.dividingFullWidth((left % modulo).multipliedFullWidth(by: right % modulo)).remainder
    }
}
