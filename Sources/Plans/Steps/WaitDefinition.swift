/// What a `wait` step waits for.
public enum WaitDefinition: Sendable {
    /// A length of time: a text such as `10m`, or a duration of the expression language.
    case duration(TemplateValue)
    /// A point in time: RFC 3339, or a timestamp of the expression language.
    case until(TemplateValue)
    /// An event from outside, by its name and a key; its payload is the output.
    case signal(name: String, key: TemplateValue?)
}
