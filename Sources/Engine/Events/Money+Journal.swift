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
            let digits = text.hasPrefix("-") ? String(text.dropFirst()) : text
            guard let amount = Money(dollars: digits) else { return nil }
            self.init(rawValue: digits == text ? amount.rawValue : -amount.rawValue)
        } else if let amount = json?[name + Self.earlierSuffix]?.intValue {
            self.init(rawValue: amount)
        } else {
            return nil
        }
    }
}
