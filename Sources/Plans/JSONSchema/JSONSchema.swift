public import Core

/// A JSON Schema of draft 2020-12, compiled once to validate many values. Nothing is ever fetched: what it refers to
/// stands in it or is given along.
public struct JSONSchema: Sendable {
    /// What it was made from.
    public let source: JSON
    /// Keywords that do nothing though they look as if they should.
    public let warnings: [Diagnostic]
    let compiled: CompiledSchema

    /// Compiles a schema.
    /// - Parameters:
    ///   - documents: schemas that it may refer to, by their address.
    ///   - assertsFormats: whether values must be of their `format`, as far as it is known, which the draft takes for a
    ///     note, and integers such that 64 bits hold them, of which it knows nothing.
    /// - Throws: `SignalboxError` with code `invalid_input` or `limit_exceeded`; its diagnostics tell all mistakes by
    ///   JSON pointer into the schema.
    public init(_ schema: JSON, documents: [String: JSON] = [:], assertsFormats: Bool = false) throws {
        source = schema
        (compiled, warnings) = try SchemaCompiler.compile(
            schema, documents: documents, assertsFormats: assertsFormats)
    }

    /// In what the value does not fit; nothing if it is valid. At most `Limits.schemaViolationsMaximum` are told.
    /// A value that takes more work to validate than the limit is not valid.
    /// - Parameter workMaximum: a unit is about one subschema at one value.
    public func validate(_ value: JSON, workMaximum: Int = Limits.schemaWorkMaximum) -> [SchemaViolation] {
        var validator = SchemaValidator(schema: compiled, isQuiet: false, workMaximum: workMaximum)
        return validator.validate(value)
    }

    /// Whether the value fits; faster than `validate` when it does not.
    public func isValid(_ value: JSON, workMaximum: Int = Limits.schemaWorkMaximum) -> Bool {
        var validator = SchemaValidator(schema: compiled, isQuiet: true, workMaximum: workMaximum)
        return validator.isValid(value)
    }
}
