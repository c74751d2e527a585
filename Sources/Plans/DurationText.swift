internal import Core

/// Lengths of time as people write them in a plan.
public enum DurationText: Sendable {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Milliseconds of `500ms`, `10s`, `5m`, `1h30m` or `2d`: whole numbers, each unit at most once, the larger first.
    /// Nil for anything else, for nothing and for more than a year.
    public static func milliseconds(_ text: String) -> Int64? {
        var rest = text[...]
        var nextUnit = 0
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { !("0"..."9").contains($0) }
            rest = rest.dropFirst(name.count)
            guard let value = Int64(digits), value <= Limits.planDurationMillisecondsMaximum,
                let unit = units[nextUnit...].firstIndex(where: { $0.name == name })
            else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: units[unit].milliseconds)
            guard !overflows, product <= Limits.planDurationMillisecondsMaximum else { return nil }
            total += product
            nextUnit = unit + 1
        }
        return total > 0 && total <= Limits.planDurationMillisecondsMaximum ? total : nil
    }

    /// Milliseconds of a text that an expression gave: as above, or as a duration of the expression language becomes
    /// JSON, which is seconds such as `5400s` or `1.5s`. What is less than a millisecond is rounded up. Nil for anything
    /// else, for less than nothing and for more than a year.
    public static func milliseconds(rendered text: String) -> Int64? {
        if let written = milliseconds(text) { return written }
        guard text.hasSuffix("s") else { return nil }
        let parts = text.dropLast().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in
            (1...12).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard areDigits, let seconds = parts.first.flatMap({ Int64($0) }) else { return nil }
        var fraction: Int64 = 0
        if let digits = parts.dropFirst().first {
            let padded = digits + String(repeating: "0", count: 12 - digits.utf8.count)
            fraction = ((Int64(padded) ?? 0) + 999_999_999) / 1_000_000_000
        }
        let total = seconds * 1000 + fraction
        return total <= Limits.planDurationMillisecondsMaximum ? total : nil
    }
}
