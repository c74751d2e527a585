public import Core

/// Amounts in events are dollars as text, as in plans and requests: `"cost": "0.0125"`. Journals of earlier versions have
/// some of them as whole nano-dollars under a name that says so: `"cost_nano_usd": 12500000`.
extension Money {
    static let earlierSuffix = "_nano_usd"

    /// The form of the journal.
    var journal: JSON { .string(description) }

    /// Reads the amount of that name in either form; nil where there is none, or null.
    public init?(_ name: String, in json: JSON?) {
        if let text = json?[name]?.stringValue {
            self.init(journal: text)
        } else if let amount = json?[name + Self.earlierSuffix]?.intValue {
            self.init(rawValue: amount)
        } else {
            return nil
        }
    }

    /// Reads all that `description` writes: negative amounts too, and larger ones than anybody may give.
    private init?(journal text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...9).contains(parts[1].utf8.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let fraction = UInt64(parts[1] + String(repeating: "0", count: 9 - parts[1].utf8.count)),
            let (dollars, isTooLarge) = UInt64(parts[0])?.multipliedReportingOverflow(by: 1_000_000_000), !isTooLarge
        else { return nil }
        let (magnitude, isOver) = dollars.addingReportingOverflow(fraction)
        guard !isOver, let amount = isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude) else {
            return nil
        }
        self.init(rawValue: amount)
    }
}
