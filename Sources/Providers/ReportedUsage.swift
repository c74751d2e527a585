public import Core

/// Tokens of a model call, each kind apart, so that they add up to what the provider reports. Nil means not reported,
/// which is not the same as none.
public struct ReportedUsage: Sendable, Hashable {
    /// Tokens of the prompt that were not read from a cache.
    public var input: Int
    /// Tokens of the prompt that were read from the provider's cache.
    public var cacheRead: Int?
    /// Tokens of the prompt that were written to the provider's cache.
    public var cacheWrite: Int?
    /// Tokens of the answer, reasoning included.
    public var output: Int
    /// The part of `output` that was reasoning.
    public var reasoning: Int?
    /// Whether it was estimated from lengths and not counted.
    public var isEstimated: Bool

    public init(
        input: Int, cacheRead: Int? = nil, cacheWrite: Int? = nil, output: Int, reasoning: Int? = nil,
        isEstimated: Bool = false
    ) {
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.output = output
        self.reasoning = reasoning
        self.isEstimated = isEstimated
    }

    /// All tokens of the prompt.
    public var prompt: Int { input + (cacheRead ?? 0) + (cacheWrite ?? 0) }

    /// All tokens of the answer.
    public var completion: Int { output }

    /// Prompt and answer: the number that is shown.
    public var total: Int { prompt + completion }

    /// The tokens of two calls. A kind that only one of them reports counts as far as it is known; a sum with an
    /// estimate in it is an estimate.
    public static func + (left: ReportedUsage, right: ReportedUsage) -> ReportedUsage {
        ReportedUsage(
            input: left.input + right.input, cacheRead: sum(left.cacheRead, right.cacheRead),
            cacheWrite: sum(left.cacheWrite, right.cacheWrite), output: left.output + right.output,
            reasoning: sum(left.reasoning, right.reasoning), isEstimated: left.isEstimated || right.isEstimated)
    }

    public static func += (left: inout ReportedUsage, right: ReportedUsage) { left = left + right }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return left ?? right }
        return left + right
    }

    /// A guess for text that nobody counted: four bytes of UTF-8 a token, rounded up, the rule of thumb of OpenAI's
    /// help pages for English.
    public static func estimate(prompt: String, completion: String) -> ReportedUsage {
        ReportedUsage(
            input: (prompt.utf8.count + 3) / 4, output: (completion.utf8.count + 3) / 4, isEstimated: true)
    }
}

extension ReportedUsage {
    /// The form for the journal and the API; kinds that were not reported are left out.
    public var json: JSON {
        var object: JSONObject = ["input": .int(Int64(input))]
        object["cache_read"] = cacheRead.map { .int(Int64($0)) }
        object["cache_write"] = cacheWrite.map { .int(Int64($0)) }
        object["output"] = .int(Int64(output))
        object["reasoning"] = reasoning.map { .int(Int64($0)) }
        if isEstimated { object["estimated"] = true }
        return .object(object)
    }

    /// Reads what `json` wrote; nil for anything else.
    public init?(_ json: JSON) {
        guard let input = json["input"]?.intValue, let output = json["output"]?.intValue else { return nil }
        self.init(
            input: Int(input), cacheRead: json["cache_read"]?.intValue.map(Int.init),
            cacheWrite: json["cache_write"]?.intValue.map(Int.init), output: Int(output),
            reasoning: json["reasoning"]?.intValue.map(Int.init),
            isEstimated: json["estimated"]?.boolValue ?? false)
    }
}
