internal import Core

extension Money {
    /// An amount with its currency; the amount is a text, so that no reader rounds it.
    var json: JSON { ["amount": .string(description), "currency": "USD"] }

    /// The amount, or null when the price of something in it is not known.
    static func json(_ cost: Money, isKnown: Bool) -> JSON { isKnown ? cost.json : .null }
}
