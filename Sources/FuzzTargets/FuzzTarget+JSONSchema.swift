internal import Core
internal import Plans

extension FuzzTarget {
    /// A JSON Schema and a value: both verdicts agree, and forms can be made of it.
    static let jsonSchema = FuzzTarget("json-schema") { bytes in
        let (schema, value) = Input.parts(bytes)
        guard let json = try unlessRefused({ try JSON(parsing: schema) }) else { return }
        for assertsFormats in [false, true] {
            guard let schema = try unlessRefused({ try JSONSchema(json, assertsFormats: assertsFormats) }) else {
                return
            }
            _ = schema.fields
            guard let value = try unlessRefused({ try JSON(parsing: value) }) else { continue }
            let violations = schema.validate(value)
            try require(violations.isEmpty == schema.isValid(value), "the quick verdict is another one")
            try require(violations.count <= Limits.schemaViolationsMaximum, "too much is told")
        }
    }
}
