internal import Core

extension Money {
    /// An amount with its currency; the amount is a text, so that no reader rounds it.
    var json: JSON { ["amount": .string(description), "currency": "USD"] }

    /// The amount, or null when the price of something in it is not known.
    static func json(_ cost: Money, isKnown: Bool) -> JSON { isKnown ? cost.json : .null }
}

extension JSONObject {
    /// Says what something cost: where not all of it is known, `cost` is null, and `known_cost` the sum of the rest.
    mutating func setCost(_ cost: Money, isKnown: Bool) {
        self["cost"] = Money.json(cost, isKnown: isKnown)
        if !isKnown { self["known_cost"] = cost.json }
    }
}
