public import Core

/// One thing in which a value does not fit its schema.
public struct SchemaViolation: Sendable, Hashable {
    /// JSON pointer into the value, such as `/lines/0/amount`; the place of a missing member is where it should stand.
    public var instancePointer: String
    /// Where the schema asks for it: a JSON pointer, behind the address of its document if that is another one.
    public var schemaPointer: String
    /// A sentence without a final stop: `"amount" must be a number, not a string`.
    public var message: String
    /// What to do.
    public var hint: String?

    /// A finding.
    public init(instancePointer: String, schemaPointer: String, message: String, hint: String? = nil) {
        self.instancePointer = instancePointer
        self.schemaPointer = schemaPointer
        self.message = message
        self.hint = hint
    }

    /// The finding at its place in the value.
    /// - Parameter prefix: where the value itself stands in what was sent, such as `/inputs`.
    public func diagnostic(below prefix: String = "") -> Diagnostic {
        Diagnostic(message, at: .pointer(prefix + instancePointer), hint: hint)
    }
}

extension [SchemaViolation] {
    /// The findings at their places in the value.
    /// - Parameter prefix: where the value itself stands in what was sent, such as `/inputs`.
    public func diagnostics(below prefix: String = "") -> [Diagnostic] {
        map { $0.diagnostic(below: prefix) }
    }
}
