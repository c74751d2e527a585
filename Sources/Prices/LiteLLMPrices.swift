internal import Core

/// Reads `model_prices_and_context_window.json` of LiteLLM: a flat object from names of models to numbers, most of them
/// dollars for one token.
public struct LiteLLMPrices: Sendable {
    /// What could be taken over.
    public private(set) var document: PriceDocument
    /// Models of the file that are not in the document, in its order.
    public private(set) var leftOut: [LeftOut] = []
    /// Prices that stand in the file and that no call can be charged by: what they are about, and of which models.
    public private(set) var notUnderstood: [String: Int]

    /// A model that was not taken over.
    public struct LeftOut: Sendable, Hashable {
        /// As the file calls it.
        public var model: String
        public var reason: Reason

        /// Why, as the end of a sentence.
        public enum Reason: String, Sendable, CaseIterable {
            case noProvider = "names no provider"
            /// Pictures, speech, embeddings by the second.
            case notByTokens = "is not priced by tokens"
            case unfit = "has a name or a number that no list may have"
        }
    }

    /// - Parameters:
    ///   - text: the file.
    ///   - name: what the list is called from now on.
    ///   - file: what errors call it.
    /// - Throws: `SignalboxError` with code `invalid_json`, `invalid_input` or `limit_exceeded`.
    public init(reading text: [UInt8], name: String, file: String) throws {
        guard text.count <= Limits.priceFileBytesMaximum else {
            throw SignalboxError(.limit, "The file \(file) is larger than \(Limits.priceFileBytesMaximum) bytes.")
        }
        guard case .object(let members) = try JSON(parsing: text, file: file) else {
            throw SignalboxError(
                .invalidInput, "The file \(file) is not LiteLLM's list of prices.", at: .pointer("\(file)#"),
                hint: "It is an object from names of models to their prices.")
        }
        guard members.count <= Limits.pricedModelsMaximum else {
            throw SignalboxError(.limit, "The file \(file) has more than \(Limits.pricedModelsMaximum) models.")
        }
        var models: [ModelPrices] = []
        notUnderstood = [:]
        for (model, entry) in members where model != "sample_spec" {
            var reader = LiteLLMEntry(entry)
            guard let provider = reader.provider else {
                leftOut.append(LeftOut(model: model, reason: .noProvider))
                continue
            }
            guard let period = reader.period() else {
                leftOut.append(LeftOut(model: model, reason: .notByTokens))
                continue
            }
            let prices = ModelPrices(
                name: model.hasPrefix(provider + "/") ? model : "\(provider)/\(model)",
                contextWindow: reader.count("max_input_tokens") ?? reader.count("max_tokens"),
                outputMaximum: reader.count("max_output_tokens"), source: reader.source, periods: [period])
            // The list is stored and read again: one model that is then refused would take all others with it.
            guard PriceDocumentReader.takes(prices) else {
                leftOut.append(LeftOut(model: model, reason: .unfit))
                continue
            }
            for field in reader.notUnderstood { notUnderstood[field, default: 0] += 1 }
            models.append(prices)
        }
        guard !models.isEmpty else {
            throw SignalboxError(
                .invalidInput, "The file \(file) has no prices of LiteLLM's form.",
                hint: "Each model has `litellm_provider` and `input_cost_per_token`.")
        }
        document = PriceDocument(name: name, models: models.uniqued())
    }
}

extension [ModelPrices] {
    /// One of each name: the file knows some models by two names that are one here.
    fileprivate func uniqued() -> [ModelPrices] {
        var seen: Set<String> = []
        return filter { seen.insert($0.name.lowercased()).inserted }
    }
}
