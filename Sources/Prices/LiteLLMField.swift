/// What the name of a price in LiteLLM's list means: `cache_read_input_token_cost_above_272k_tokens_priority`.
struct LiteLLMField {
    let kind: PriceKind
    /// For prompts of more tokens; zero for all.
    let above: Int64
    let tier: String

    private static let kinds: [String: PriceKind] = [
        "input_cost_per_token": .input, "output_cost_per_token": .output,
        "cache_read_input_token_cost": .cacheRead, "cache_creation_input_token_cost": .cacheWrite,
        "cache_creation_input_token_cost_above_1hr": .cacheWriteLong,
        "cache_creation_input_token_cost_above_12hr": .cacheWriteLong,
        "output_cost_per_reasoning_token": .reasoning, "input_cost_per_audio_token": .audioInput,
        "output_cost_per_audio_token": .audioOutput, "cache_read_input_audio_token_cost": .audioCacheRead,
        "input_cost_per_image_token": .imageInput, "output_cost_per_image_token": .imageOutput,
    ]
    private static let tiers = [
        "_batches": "batch", "_flex": "flex", "_priority": "priority", "_ultrafast": "ultrafast",
    ]

    /// Nil for what is no price of tokens, or one of a service that is not known.
    init?(_ field: String) {
        var rest = field[...]
        var tier = "standard"
        for (ending, name) in Self.tiers where rest.hasSuffix(ending) {
            tier = name
            rest = rest.dropLast(ending.count)
        }
        var above: Int64 = 0
        if rest.hasSuffix("k_tokens"), let start = rest.ranges(of: "_above_").last {
            guard let thousands = Int64(rest[start.upperBound...].dropLast("k_tokens".count)),
                (1...1_000_000).contains(thousands)
            else { return nil }
            above = thousands * 1000
            rest = rest[..<start.lowerBound]
        }
        guard let kind = Self.kinds[String(rest)] else { return nil }
        self.kind = kind
        self.above = above
        self.tier = tier
    }
}
