/// The service that a call was answered in, by the words of the provider: one tier, and things that are added to it.
struct ServiceTier {
    /// Nil for the usual one.
    var name: String?
    /// Further words, each of which must have a factor.
    var additions: [String] = []

    /// The words that mean the usual service: OpenAI, Groq, Gemini, Vertex, Anthropic.
    private static let usual: Set = [
        "", "default", "standard", "standard_only", "on_demand", "unspecified", "service_tier_unspecified",
        "traffic_type_unspecified",
    ]

    /// Reads `batch`, `priority`, `standard+us`, `ON_DEMAND_FLEX`.
    init(_ words: String?, of period: PricePeriod) {
        for word in (words ?? "").lowercased().split(whereSeparator: { $0 == "+" || $0 == " " || $0 == "," }) {
            var word = String(word)
            if Self.usual.contains(word) { continue }
            if word.hasPrefix("on_demand_") { word = String(word.dropFirst("on_demand_".count)) }
            // OpenAI sells `priority` by the name of `fast` too, and answers `priority` to both.
            if word == "fast", period.factors[word] == nil, period.tiers[word] == nil { word = "priority" }
            if period.factors[word] != nil {
                additions.append(word)
            } else if name == nil {
                name = word
            } else {
                additions.append(word)
            }
        }
    }

    /// The words again: `standard`, `batch+us`.
    var text: String { ([name ?? "standard"] + additions).joined(separator: "+") }
}
