internal import Core

/// What model calls cost: the user's own prices before imported ones before the shipped ones. Reading one is cheap; keep
/// it and hand it on.
public struct PriceTable: Sendable {
    /// The lists it is made of; of a model that several name, the first has the say.
    public let documents: [PriceDocument]
    /// What is kept with each amount: the names of the lists, and what their texts hash to.
    public let version: String

    private let layers: [Layer]
    private let providers: Set<String>

    /// One list, ready to be searched.
    private struct Layer: Sendable {
        var models: [String: ModelPrices]
        /// Those whose names end in `*`, without it, the longest first.
        var patterns: [(beginning: String, model: ModelPrices)]
    }

    /// A table of these lists, the first before the others.
    public init(_ documents: [PriceDocument]) {
        self.documents = documents
        let names = documents.map(\.name).joined(separator: "+")
        let hash = ContentHash(of: Array(documents.map(\.hash.rawValue).joined().utf8))
        version = "\(names)@\(hash.rawValue.prefix(12))"
        layers = documents.map(Self.layer)
        providers = Set(
            documents.flatMap { document in
                document.models.flatMap { [$0.name] + $0.aliases }.compactMap { name in
                    name.hasSuffix("*") ? nil : name.split(separator: "/", maxSplits: 1).first.map(String.init)
                }
            })
    }

    private static func layer(_ document: PriceDocument) -> Layer {
        var layer = Layer(models: [:], patterns: [])
        for model in document.models {
            for name in model.aliases where !name.hasSuffix("*") { layer.models[name.lowercased()] = model }
        }
        for model in document.models {
            for name in [model.name] + model.aliases where name.hasSuffix("*") {
                layer.patterns.append((String(name.dropLast()).lowercased(), model))
            }
            // A name of its own goes before that of an alias.
            if !model.name.hasSuffix("*") { layer.models[model.name.lowercased()] = model }
        }
        layer.patterns.sort { $0.beginning.utf8.count > $1.beginning.utf8.count }
        return layer
    }

    /// All models, each from the list that has the say, by name.
    public var models: [(model: ModelPrices, list: String)] {
        var seen: Set<String> = []
        var all: [(model: ModelPrices, list: String)] = []
        for document in documents {
            for model in document.models where seen.insert(model.name.lowercased()).inserted {
                all.append((model, document.name))
            }
        }
        return all.sorted { $0.model.name < $1.model.name }
    }
}

extension PriceTable {
    /// What a table says of a model, and which list it stands in.
    public struct Entry: Sendable {
        public var model: ModelPrices
        /// The name of the list.
        public var list: String
    }

    /// The entry that a call is priced by.
    ///
    /// Looked for are the provider's own names first, then those of the provider it is priced as; each time the model
    /// that answered before the one that was asked for; each time in the user's list before the others; and in a list
    /// the name itself (or an alias), then the name without a date or number of version at its end, then the longest
    /// beginning with `*`.
    /// - Parameters:
    ///   - model: `provider/model` as it was asked for.
    ///   - responseModel: what the provider says has answered.
    ///   - pricedAs: whose prices hold when the table does not know the provider's name: `openai`.
    public func entry(for model: String, responseModel: String? = nil, pricedAs: String? = nil) -> Entry? {
        guard let slash = model.firstIndex(of: "/") else { return nil }
        let provider = Self.wellKnown(model[..<slash].lowercased())
        let asked = model[model.index(after: slash)...].lowercased()
        let answered = responseModel.map { $0.lowercased() }
        var prefixes = [provider]
        if let pricedAs, !providers.contains(provider) { prefixes.append(Self.wellKnown(pricedAs.lowercased())) }
        for prefix in prefixes {
            for name in [answered, asked].compactMap({ $0 }) where !name.isEmpty {
                if let entry = entry(named: "\(prefix)/\(Self.bare(name, of: prefix))") { return entry }
            }
        }
        return nil
    }

    private func entry(named name: String) -> Entry? {
        let undated = Self.withoutVersion(name)
        for (layer, document) in zip(layers, documents) {
            if let model = layer.models[name] ?? undated.flatMap({ layer.models[$0] })
                ?? layer.patterns.first(where: { name.hasPrefix($0.beginning) })?.model
            {
                return Entry(model: model, list: document.name)
            }
        }
        return nil
    }

    /// The names that providers are known by.
    private static func wellKnown(_ provider: String) -> String {
        switch provider {
        case "google", "google-ai-studio", "googleai": "gemini"
        case "x-ai", "x.ai": "xai"
        case "mistralai": "mistral"
        default: provider
        }
    }

    /// The model without what some providers put in front of it: `models/gemini-…`, `openai/gpt-…`.
    private static func bare(_ model: String, of provider: String) -> Substring {
        for beginning in ["models/", "\(provider)/"] where model.hasPrefix(beginning) {
            return model.dropFirst(beginning.count)
        }
        return model[...]
    }

    /// The name without the date or number of version at its end, if it has one: `-2026-07-07`, `-20260707`,
    /// `@20260707`, `-001`.
    static func withoutVersion(_ name: String) -> String? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        func isNumber(_ part: Substring, _ digits: Int) -> Bool {
            part.utf8.count == digits && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        if parts.count > 3, isNumber(parts[parts.count - 3], 4), isNumber(parts[parts.count - 2], 2),
            isNumber(parts[parts.count - 1], 2)
        {
            return parts.dropLast(3).joined(separator: "-")
        }
        if parts.count > 1, let last = parts.last, isNumber(last, 8) || isNumber(last, 3) {
            return parts.dropLast().joined(separator: "-")
        }
        if let sign = name.lastIndex(of: "@"), isNumber(name[name.index(after: sign)...], 8) {
            return String(name[..<sign])
        }
        return nil
    }

    /// The tokens that a model takes in, if the table knows.
    public func contextWindow(of model: String, responseModel: String? = nil, pricedAs: String? = nil) -> Int64? {
        entry(for: model, responseModel: responseModel, pricedAs: pricedAs)?.model.contextWindow
    }

    /// The tokens that a model can answer, if the table knows.
    public func outputMaximum(of model: String, responseModel: String? = nil, pricedAs: String? = nil) -> Int64? {
        entry(for: model, responseModel: responseModel, pricedAs: pricedAs)?.model.outputMaximum
    }
}
