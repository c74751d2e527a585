internal import Store

/// Rough places in an order: 16 binary digits, of which the higher ones tell most. Of two tasks the one with the lower code
/// comes first; those with the same code are told apart by what is compared itself.
enum OrderCode: Sendable {
    static let digits = 16
    /// The orders that have codes; that by creation is the one of the numbers.
    static let keys: [TaskSort.Key] = [.name, .duration, .tokens, .cost]

    /// The id of a digit in `task_order`; digit 15 is the highest.
    static func id(_ key: TaskSort.Key, digit: Int) -> Int64 {
        guard let place = keys.firstIndex(of: key) else { preconditionFailure("Only orders with codes have digits.") }
        return Int64(place * digits + digit)
    }

    /// The code of a value that is not negative: itself below 2,048, else 10 digits behind the highest one, so that values
    /// of the same code differ by less than a thousandth.
    static func code(_ value: Int64) -> UInt16 {
        guard value >= 1_024 else { return UInt16(max(0, value)) }
        let exponent = 63 - value.leadingZeroBitCount
        return UInt16(exponent - 9) << 10 | UInt16(value >> (exponent - 10) & 1_023)
    }

    /// Whether all that have this code are equal in the order.
    static func isExact(_ code: UInt16, _ key: TaskSort.Key) -> Bool {
        key == .name ? code & 1 == 1 : code < 2_048
    }
}
