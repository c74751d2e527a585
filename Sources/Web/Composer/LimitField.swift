internal import Core

/// The bounds of a task, as the API names them.
enum LimitField: String, Sendable, CaseIterable {
    case duration, tokens, cost
    case modelCalls = "model_calls"
    case toolCalls = "tool_calls"
    case turns

    /// Whether it is a whole number; else it is a text.
    var isNumber: Bool { self != .duration && self != .cost }

    /// What was typed as a whole number, digits in groups or not; nil when it is none.
    func number(_ text: String) -> Int64? {
        isNumber ? Int64(text.replacing(",", with: "").replacing(" ", with: "")) : nil
    }

    /// What is wrong with what was typed, in the words of the form; nil where only the API can tell.
    func problem(with text: String) -> String? {
        if isNumber, number(text) == nil { return "It must be a whole number, such as 5,000" }
        if isNumber, (number(text) ?? 0) < 1 { return "It must be 1 at least" }
        let isAmount = self != .cost || Money(dollars: text).map { $0 > .zero } ?? false
        return isAmount ? nil : "It must be an amount above 0, such as 0.50"
    }

    /// - Parameters:
    ///   - initial: what stands in it at first.
    ///   - cap: what the settings allow at most, as people read it.
    func view(initial: String = "", cap: String? = nil) -> FormFieldView {
        FormFieldView(
            name: FieldName.limit(rawValue), label: label, control: isNumber ? .wholeNumber : .text, initial: initial,
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
