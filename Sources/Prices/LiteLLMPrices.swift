internal import Core

/// Reads `model_prices_and_context_window.json` of LiteLLM: a flat object from names of models to numbers, most of them
/// dollars for one token.
public struct LiteLLMPrices: Sendable {
    /// What could be taken over.
    public private(set) var document: PriceDocument
    /// How many models the file has that are not priced by tokens (pictures, speech, embeddings by the second), or by a
    /// name or a number that no price list may have.
    public private(set) var skipped: Int
    /// Prices that stand in the file and that no call can be charged by: what they are about, and of which models.
    public private(set) var notUnderstood: [String: Int]

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
        skipped = 0
        notUnderstood = [:]
        for (model, entry) in members where model != "sample_spec" {
            var reader = LiteLLMEntry(entry)
            guard let provider = reader.provider, let period = reader.period() else {
                skipped += 1
                continue
            }
            let prices = ModelPrices(
                name: model.hasPrefix(provider + "/") ? model : "\(provider)/\(model)",
                contextWindow: reader.count("max_input_tokens") ?? reader.count("max_tokens"),
                outputMaximum: reader.count("max_output_tokens"), source: reader.source, periods: [period])
            // The list is stored and read again: one model that is then refused would take all others with it.
            guard PriceDocumentReader.takes(prices) else {
                skipped += 1
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
