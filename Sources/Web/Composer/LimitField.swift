internal import Core

/// The bounds of a task, as the API names them.
enum LimitField: String, Sendable, CaseIterable {
    case duration, tokens, cost
    case modelCalls = "model_calls"
    case toolCalls = "tool_calls"
    case turns

    /// The largest whole number that the API takes; nil for what is a text.
    private var maximum: Int64? {
        switch self {
        case .duration, .cost: nil
        case .tokens: Limits.planTokensMaximum
        case .modelCalls: Int64(Limits.planModelCallsMaximum)
        case .toolCalls: Int64(Limits.toolCallsMaximum)
        case .turns: Int64(Limits.agentTurnsMaximum)
        }
    }

    /// What was typed as a whole number, digits in groups or not; nil when it is none.
    func number(_ text: String) -> Int64? { maximum == nil ? nil : Int64(text.ungrouped) }

    /// What is wrong with what was typed, in the words of the form; nil where only the API can tell.
    func problem(with text: String) -> String? {
        if let maximum {
            let number = number(text)
            // More digits than any number has here.
            if number == nil, !text.ungrouped.isDigits { return "It must be a whole number, such as 5,000" }
            if let number, number < 1 { return "It must be 1 at least" }
            return number.map { $0 <= maximum } ?? false ? nil : "It must be at most \(Format.grouped(maximum))"
        }
        let isAmount = self != .cost || Money(dollars: text).map { $0 > .zero } ?? false
        return isAmount ? nil : "It must be an amount above 0, such as 0.50"
    }

    /// - Parameters:
    ///   - initial: what stands in it at first.
    ///   - cap: what the settings allow at most, as people read it.
    func view(initial: String = "", cap: String? = nil) -> FormFieldView {
        FormFieldView(
            name: FieldName.limit(rawValue), label: label, control: maximum == nil ? .text : .wholeNumber,
            initial: initial,
            rule: [rule, cap.map { "at most \($0)" }].compactMap(\.self).joined(separator: ", "))
    }

    private var label: String {
        switch self {
        case .duration: "Longest active time"
        case .tokens: "Tokens"
        case .cost: "Cost in US dollars"
        case .modelCalls: "Model calls"
        case .toolCalls: "Tool calls"
        case .turns: "Turns of an agent"
        }
    }

    private var rule: String? {
        switch self {
        case .duration: "Such as 90s, 10m or 1h30m"
        case .cost: "Such as 0.50"
        default: nil
        }
    }
}
