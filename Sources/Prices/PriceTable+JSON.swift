public import Core

extension PriceTable.Entry {
    /// A model with its list and the prices of that moment.
    public func json(at moment: Timestamp) -> JSON {
        var object: JSONObject = ["model": .string(model.name), "list": .string(list)]
        for (name, value) in model.json.objectValue ?? [:] { object[name] = value }
        object["today"] = model.period(at: moment).map { .object($0.standard.base.json) } ?? .null
        return .object(object)
    }

    /// Reads what `json(at:)` has written.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(_ json: JSON) throws {
        guard case .object(let members) = json, let name = members["model"]?.stringValue,
            let list = members["list"]?.stringValue
        else { throw SignalboxError(.invalidInput, "These are no prices of a model.") }
        let own = JSONObject(
            members.filter { !["model", "list", "today", "version"].contains($0.name) }.map { ($0.name, $0.value) })
        let document: JSON = ["name": .string(list), "models": .object(JSONObject([(name, .object(own))]))]
        let read = try PriceDocument(reading: document.bytes, file: list)
        guard let model = read.models.first else { throw SignalboxError(.invalidInput, "\(name) has no prices.") }
        self.init(model: model, list: list)
    }
}

extension PriceTable {
    /// Why a model has no price: the name that was probably meant, a whole one, or the same model of a provider.
    public func noPrice(of model: String) -> SignalboxError {
        let names = models.flatMap { [$0.model.name] + $0.model.aliases }
        let bare = model.contains("/") ? nil : names.first { $0.hasSuffix("/\(model)") }
        let near = bare ?? Suggestion.nearest(to: model, in: names)
        return SignalboxError(
            .notFound, "The price of \"\(model.prefix(200))\" is unknown.",
            hint: near.map { "did you mean \"\($0)\"?" }
                ?? "`signalbox prices list` shows the models with a price; docs/cost.md says how to add one.")
    }
}
