/// The tokens of one or more model calls, each kind apart; they add up to what the provider reports.
public struct TokenUsage: Sendable, Hashable {
    /// Prompt tokens that no cache served.
    public var input: Int64
    /// Prompt tokens read from the provider's cache.
    public var cacheRead: Int64
    /// Prompt tokens written to the provider's cache.
    public var cacheWrite: Int64
    /// Completion tokens, those of reasoning included.
    public var output: Int64
    /// The part of `output` that was reasoning.
    public var reasoning: Int64

    public init(input: Int64 = 0, cacheRead: Int64 = 0, cacheWrite: Int64 = 0, output: Int64 = 0, reasoning: Int64 = 0)
    {
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.output = output
        self.reasoning = reasoning
    }

    /// No tokens.
    public static let zero = TokenUsage()

    /// All tokens of the prompt.
    public var prompt: Int64 { input + cacheRead + cacheWrite }

    /// Prompt and completion: the figure that lists show.
    public var total: Int64 { prompt + output }

    public static func += (sum: inout TokenUsage, more: TokenUsage) {
        sum.input += more.input
        sum.cacheRead += more.cacheRead
        sum.cacheWrite += more.cacheWrite
        sum.output += more.output
        sum.reasoning += more.reasoning
    }
}

extension TokenUsage {
    /// The form of the journal and the API.
    public var json: JSON {
        [
            "input": .int(input), "cache_read": .int(cacheRead), "cache_write": .int(cacheWrite),
            "output": .int(output), "reasoning": .int(reasoning), "total": .int(total),
        ]
    }

    /// Reads `json` back; what is missing counts as zero.
    public init(_ json: JSON?) {
        self.init(
            input: json?["input"]?.intValue ?? 0, cacheRead: json?["cache_read"]?.intValue ?? 0,
            cacheWrite: json?["cache_write"]?.intValue ?? 0, output: json?["output"]?.intValue ?? 0,
            reasoning: json?["reasoning"]?.intValue ?? 0)
    }
}
