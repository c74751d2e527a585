/// What a model of Gemini accepts, by its name.
/// (https://ai.google.dev/gemini-api/docs/thinking and …/tool-combination)
struct GeminiModel: Sendable, Hashable {
    private let name: String
    /// Major and minor, such as 205 for 2.5; nil when the name does not say.
    private let version: Int?

    /// Reads names such as `gemini-2.5-flash-lite` and `models/gemini-3.1-pro-preview`.
    init(_ name: String) {
        let name = name.lowercased()
        self.name = name
        let words = name.firstRange(of: "gemini-").map { name[$0.upperBound...].split(separator: "-") } ?? []
        let numbers = (words.first ?? "").split(separator: ".").map { Int($0) ?? -1 }
        guard let major = numbers.first, (0..<100).contains(major) else {
            version = nil
            return
        }
        version = major * 100 + max(0, numbers.dropFirst().first ?? 0)
    }

    private var isPro: Bool { name.contains("-pro") }
    private var isLite: Bool { name.contains("-lite") }

    /// How it is told to think.
    enum Thinking: Sendable {
        /// Not at all.
        case none
        /// With a bound on the tokens of it.
        case budget
        /// With a word.
        case level
    }

    var thinking: Thinking {
        // `gemini-flash-latest` and `gemini-pro-latest` are of the newest generation; Gemma and others know no thinking.
        guard let version else { return name.contains("gemini-") ? .level : .none }
        return version >= 300 ? .level : version >= 205 ? .budget : .none
    }

    /// Whether tools, searches and a schema for the answer may stand in one request, as from version 3 on.
    var combinesTools: Bool { thinking == .level }

    /// Whether each turn of calls must come back with what the model has thought before it, as from version 3 on.
    var insistsOnSignatures: Bool { thinking == .level }

    /// The least level of thinking; none of these models can be kept from it altogether.
    var lowestLevel: String {
        let isStrict = isPro || !isLite && (version ?? 307) >= 307 || (version ?? 400) >= 400
        return isStrict ? "low" : "minimal"
    }

    /// The word for a medium level; the first of them knew only two.
    var mediumLevel: String { version == 300 && isPro ? "high" : "medium" }

    /// The bounds of the budget of tokens, and whether 0 is one.
    var budgets: (range: ClosedRange<Int>, canBeOff: Bool) {
        if isPro { return (128...32_768, false) }
        return (isLite ? 512...24_576 : 1...24_576, true)
    }
}
