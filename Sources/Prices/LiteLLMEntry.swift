internal import Core

/// One model of LiteLLM's list.
struct LiteLLMEntry {
    private let members: JSONObject
    /// The names of prices that no call can be charged by.
    private(set) var notUnderstood: Set<String> = []

    init(_ json: JSON) { members = json.objectValue ?? [:] }

    /// The provider by the name that the rest of the world uses; nil where there is none.
    var provider: String? {
        guard let name = members["litellm_provider"]?.stringValue, !name.isEmpty, !name.contains("/") else {
            return nil
        }
        // Vertex appears with the kind of its models behind its name.
        if name.hasPrefix("vertex_ai-") { return "vertex_ai" }
        return name == "text-completion-openai" ? "openai" : name
    }

    /// The page that LiteLLM says the prices are from.
    var source: String? { members["source"]?.stringValue }

    /// A number of tokens.
    func count(_ name: String) -> Int64? { members[name]?.tokenCount }

    /// The prices; nil where tokens have none.
    mutating func period() -> PricePeriod? {
        guard rate("input_cost_per_token") != nil, rate("output_cost_per_token") != nil || isInputOnly else {
            return nil
        }
        var schedules: [String: [Int64: PriceRates]] = [:]
        for (field, value) in members {
            guard let part = LiteLLMField(field) else {
                if field.contains("cost"), !Self.knownElsewhere.contains(field) { notUnderstood.insert(field) }
                continue
            }
            guard let rate = rate(value) else { continue }
            schedules[part.tier, default: [:]][part.above, default: PriceRates()][part.kind] = rate
        }
        takeTiers(into: &schedules)
        var period = PricePeriod(standard: schedule(schedules["standard"] ?? [:]))
        for (name, rates) in schedules where name != "standard" {
            // A service without prices for prompts cannot be charged by.
            if rates[0]?[.input] != nil { period.tiers[name] = schedule(rates) }
        }
        if let search = searchRate { period.standard.base[.webSearch] = search }
        period.isSearchChargedPerCall = members["web_search_billing_unit"]?.stringValue == "per_request"
        for (word, value) in members["provider_specific_entry"]?.objectValue ?? [:] {
            if let text = value.decimal, let factor = DecimalText(text)?.integer(timesTenToThe: 3), factor >= 1000 {
                period.factors[word.lowercased()] = factor
            }
        }
        return period
    }

    /// Embeddings answer nothing.
    private var isInputOnly: Bool { members["mode"]?.stringValue == "embedding" }

    private static let knownElsewhere: Set = ["search_context_cost_per_query"]

    private func schedule(_ rates: [Int64: PriceRates]) -> PriceSchedule {
        let bounds = rates.keys.filter { $0 > 0 }.sorted()
        return PriceSchedule(
            base: rates[0] ?? PriceRates(),
            above: bounds.compactMap { bound in
                rates[bound].map { PriceSchedule.LongPrompt(tokens: bound, rates: $0) }
            })
    }

    /// `tiered_pricing`: prices by ranges of the prompt's length, in which whole calls fall.
    private func takeTiers(into schedules: inout [String: [Int64: PriceRates]]) {
        for part in members["tiered_pricing"]?.arrayValue ?? [] {
            guard let text = part["range"]?[0]?.decimal, let bound = DecimalText(text)?.integer(timesTenToThe: 0) else {
                continue
            }
            for (name, value) in part.objectValue ?? [:] {
                guard let field = LiteLLMField(name), field.above == 0, let rate = rate(value) else { continue }
                schedules[field.tier, default: [:]][bound, default: PriceRates()][field.kind] = rate
            }
        }
    }

    /// The price of a search where it is the same however much is read; where it is not, nobody reports how much was.
    private var searchRate: Rate? {
        let sizes = (members["search_context_cost_per_query"]?.objectValue ?? [:]).map { rate($0.value) }
        guard let first = sizes.first, sizes.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private func rate(_ name: String) -> Rate? { members[name].flatMap { rate($0) } }

    private func rate(_ json: JSON) -> Rate? { json.decimal.flatMap { Rate(each: $0) } }
}

extension JSON {
    /// The digits of a number, or of a text that is one. The shortest digits of a binary fraction are those that were
    /// written.
    var decimal: String? {
        switch self {
        case .string(let text): text
        case .int(let value): String(value)
        case .double(let value): value.description
        default: nil
        }
    }

    /// A number of tokens, however it is written.
    var tokenCount: Int64? {
        guard let text = decimal, let value = DecimalText(text)?.integer(timesTenToThe: 0),
            (1...Limits.tokensPerCallMaximum).contains(value)
        else { return nil }
        return value
    }
}
