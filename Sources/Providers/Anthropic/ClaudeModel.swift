/// What a model of Anthropic accepts, by its name: the interface refuses a request that says more than its model knows.
/// (https://platform.claude.com/docs/en/about-claude/models/overview and the migration guide of each model)
struct ClaudeModel: Sendable, Hashable {
    /// `opus`, `sonnet` …; empty for a model that is not called Claude.
    private let family: String
    /// Major and minor, such as 406 for 4.6; nil when the name does not say.
    private let version: Int?

    /// Reads names such as `claude-opus-4-5-20251101`, `claude-3-7-sonnet-20250219` and `anthropic/claude-opus-4.6`.
    init(_ name: String) {
        let name = name.lowercased()
        guard let start = name.firstRange(of: "claude-") else {
            family = ""
            version = nil
            return
        }
        let words = name[start.upperBound...].split { "-.:@/".contains($0) }
        family = words.first { $0.allSatisfy(\.isLetter) }.map(String.init) ?? ""
        // A number of more digits is a date.
        let isVersion = { (word: Substring) in word.count <= 2 && word.allSatisfy(\.isNumber) }
        let numbers = words.drop { !isVersion($0) }.prefix(while: isVersion).compactMap { Int($0) }
        version = numbers.first.map { $0 * 100 + (numbers.dropFirst().first ?? 0) }
    }

    /// How it is told to think.
    enum Thinking: Sendable {
        /// Not at all.
        case none
        /// With a bound on the tokens of it.
        case budget
        /// By itself, as hard as `effort` says.
        case adaptive
    }

    var thinking: Thinking {
        if family == "mythos" { return .adaptive }
        // Other makers' models behind the same interface know the older form.
        guard let version else { return .budget }
        return version >= 406 ? .adaptive : version >= 307 ? .budget : .none
    }

    /// Whether it thinks without being asked to.
    var thinksByItself: Bool { thinksAlways || (version ?? 0) >= 500 }

    /// Whether it thinks whatever it is told.
    var thinksAlways: Bool {
        ["fable", "mythos"].contains(family) || (family == "opus" && (version ?? 0) >= 505)
    }

    /// Whether it may be asked to answer in JSON that fits a schema (`output_config.format`).
    var knowsSchemas: Bool {
        guard let version else { return family == "mythos" }
        return version >= 405 || (family == "opus" && version == 401)
    }

    /// Whether it may be given a temperature.
    var knowsTemperature: Bool { family != "mythos" && (version ?? 0) < 407 }

    /// The most tokens it can answer: what is asked for where the request sets no bound, since the interface insists on
    /// one.
    var outputTokensMaximum: Int {
        guard let version else { return family == "mythos" ? 128_000 : 8_192 }
        switch version {
        case 406...: return 128_000
        case 405: return 64_000
        case 400..<405: return family == "opus" ? 32_000 : 64_000
        case 307..<400: return 64_000
        case 305..<307: return 8_192
        default: return 4_096
        }
    }
}
