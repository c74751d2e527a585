internal import Core
internal import Plans

/// The bounds that were given on the command line.
enum LimitArguments: Sendable {
    /// What can be bounded.
    static let names = ["duration", "tokens", "cost", "model_calls", "tool_calls", "turns"]

    /// The bounds that `name=value` arguments mean, as the API takes them.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    static func limits(_ arguments: [String]) throws -> JSONObject {
        var limits = JSONObject()
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, names.contains(parts[0]) else {
                let isNamed = parts.count == 2 && !parts[0].isEmpty
                throw SignalboxError(
                    .invalidInput,
                    isNamed
                        ? "There is no limit \"\(parts[0])\"."
                        : "--limit needs a name and a value, not \"\(argument)\".",
                    hint: names.contains(parts[0])
                        ? "Write \(example(parts[0]))."
                        : Suggestion.hint(for: parts[0], among: names, called: "the limits are"))
            }
            guard limits[parts[0]] == nil else {
                throw SignalboxError(.invalidInput, "The limit \"\(parts[0])\" is given twice.")
            }
            limits[parts[0]] = try value(parts[0], parts[1])
        }
        return limits
    }

    /// How one is written.
    private static func example(_ name: String) -> String {
        switch name {
        case "duration": "--limit duration=10m"
        case "cost": "--limit cost=0.50, in US dollars"
        default: "--limit \(name)=20"
        }
    }

    /// The value of one of them.
    static func value(_ name: String, _ text: String) throws -> JSON {
        switch name {
        case "duration":
            guard DurationText.milliseconds(text) != nil else {
                throw wrong(name, "a length of time such as 90s, 10m or 1h30m", text)
            }
            return .string(text)
        case "cost":
            guard let cost = Money(dollars: text), cost > .zero else {
                throw wrong(name, "an amount of US dollars such as 0.50", text)
            }
            return .string(text)
        default:
            let maximum: Int64 =
                switch name {
                case "tokens": Limits.planTokensMaximum
                case "tool_calls": Int64(Limits.toolCallsMaximum)
                case "turns": Int64(Limits.agentTurnsMaximum)
                default: Int64(Limits.planModelCallsMaximum)
                }
            guard let count = Int64(text), (1...maximum).contains(count) else {
                throw wrong(name, "a whole number from 1 to \(maximum)", text)
            }
            return .int(count)
        }
    }

    private static func wrong(_ name: String, _ what: String, _ text: String) -> SignalboxError {
        SignalboxError(.invalidInput, "The limit \"\(name)\" must be \(what), not \"\(text)\".")
    }
}
