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
}
