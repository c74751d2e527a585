internal import CEL
internal import Core

extension TemplateValue {
    /// The value in a line, as the plan says it: of an expression what stands between the braces, of a large value what is
    /// in it.
    public var words: String {
        switch self {
        case .literal(.object(let members)): members.map(\.name).joined(separator: ", ")
        case .literal(let json): json.stringValue ?? json.text
        case .expression(let expression): expression.source
        case .text(let segments): segments.map(\.words).joined()
        case .array(let items): items.count == 1 ? "1 item" : "\(items.count) items"
        case .object(let members): members.map(\.name).joined(separator: ", ")
        }
    }
}

extension TemplateValue.Segment {
    fileprivate var words: String {
        switch self {
        case .literal(let text): text
        case .expression(let expression): "{\(expression.source)}"
        }
    }
}

extension LoopDefinition.Source {
    /// What it loops over, in a line: `each of inputs.files`.
    public var words: String {
        switch self {
        case .list(let items): "each of \(items.words)"
        case .times(let count): "\(count.words) times"
        case .condition(let condition, _): "while \(condition.source)"
        }
    }
}

extension BranchDefinition.Path {
    /// Its condition, as the plan says it.
    public var conditionText: String? { condition?.source }
}

extension StepDefinition {
    /// Its condition, as the plan says it.
    public var conditionText: String? { condition?.source }
}
