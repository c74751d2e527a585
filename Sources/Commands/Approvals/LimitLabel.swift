internal import Engine

/// The names of limits where a person fills them in.
enum LimitLabel: Sendable {
    /// `Tool calls` for `tool_calls`; a name that is not known stays as it is.
    static func text(_ name: String) -> String {
        guard let kind = LimitReckoning.Kind(rawValue: name) else { return name }
        if kind == .cost { return "Cost in US dollars" }
        return kind.words.prefix(1).uppercased() + kind.words.dropFirst()
    }
}
