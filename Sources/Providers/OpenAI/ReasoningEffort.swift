internal import Core

/// What OpenAI's `reasoning_effort` can say to a model.
struct ReasoningEffort: Sendable, Hashable {
    /// The words that the model takes, least first; empty when it takes none.
    let words: [String]

    private static let ordered = ["none", "minimal", "low", "medium", "high"]

    /// The efforts of that model (https://platform.openai.com/docs/guides/reasoning, and what the interface answers to
    /// others). Models of other houses get the words that their servers share with OpenAI's present models.
    init(model: String) {
        // Gateways put the house in front: openai/gpt-5.
        let name = (model.split(separator: "/").last ?? "").lowercased()
        words = Self.words(of: name)
    }

    /// Whether it can think at all.
    var isReasoning: Bool { !words.isEmpty }

    /// The word for a level: the level itself, else the next higher one that there is, else the highest; nil when the
    /// model takes none.
    func word(for level: ThinkingLevel) -> String? {
        let wanted = level == .off ? "none" : level.rawValue
        guard let rank = Self.ordered.firstIndex(of: wanted) else { return nil }
        return words.first { (Self.ordered.firstIndex(of: $0) ?? 0) >= rank } ?? words.last
    }

    private static func words(of name: String) -> [String] {
        let plain = ["low", "medium", "high"]
        let isSeriesO = name.first == "o" && name.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
        if isSeriesO { return name.hasPrefix("o1-mini") || name.hasPrefix("o1-preview") ? [] : plain }
        if name.hasPrefix("gpt-oss") { return plain }
        guard name.hasPrefix("gpt-") || name.hasPrefix("chatgpt-") else { return ["none"] + plain }
        let version = name.dropFirst("gpt-".count).prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.split(
            separator: ".")
        guard let major = version.first.flatMap({ Int($0) }), major >= 5 else { return [] }
        let isFirst = major == 5 && version.count == 1
        if name.contains("-chat") || name.contains("-search") { return [] }
        if name.contains("-pro") { return isFirst ? ["high"] : ["medium", "high"] }
        if name.contains("-codex") { return plain }
        return (isFirst ? ["minimal"] : ["none"]) + plain
    }
}
