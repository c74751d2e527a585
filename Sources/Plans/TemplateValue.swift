public import CEL
public import Core

/// A JSON value of a plan whose strings may hold `${{ expressions }}`.
public indirect enum TemplateValue: Sendable {
    /// No expressions anywhere inside.
    case literal(JSON)
    /// A string that is one expression and nothing else: the value keeps its type.
    case expression(Expression)
    /// Text with expressions in it: a string.
    case text([Segment])
    case array([TemplateValue])
    case object([(name: String, value: TemplateValue)])

    /// A stretch of a text.
    public enum Segment: Sendable {
        case literal(String)
        case expression(Expression)
    }
}
