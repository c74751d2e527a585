internal import Client
internal import Core
internal import Plans

/// How a question is answered.
enum AnswerKind: Sendable {
    /// With a text.
    case text
    /// With a value for the only field of its form.
    case field(SchemaField)
    /// With a form of several fields.
    case form
    /// With yes or no: a tool asks whether something may be, and fills nothing in.
    case agreement

    /// - Throws: `SignalboxError` when the form is no JSON Schema.
    init(of approval: Approval) throws {
        let fields = try FormValues(of: approval).fields
        switch (approval.form, fields.count) {
        // Which call asks is told of tools alone.
        case (nil, _): self = approval.subject.map { !$0.isNull } == true ? .agreement : .text
        case (_, 1): self = .field(fields[0])
        default: self = .form
        }
    }
}
