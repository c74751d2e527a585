internal import Core

extension Money {
    /// An amount as the API tells it; nil for null, and where there is none.
    init?(answer json: JSON?) {
        guard let amount = json?["amount"]?.stringValue else { return nil }
        self.init(dollars: amount)
    }
}
