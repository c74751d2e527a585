internal import Core
internal import Executors
internal import Plans

extension FuzzTarget {
    /// An answer of a model that is to be JSON, and the schema that it is to fit: what is taken fits, and a fence around it
    /// changes nothing.
    static let structuredAnswer = FuzzTarget("structured-answer") { bytes in
        let (first, second) = Input.parts(bytes)
        let text = Input.text(first)
        let schema = try unlessRefused { try JSON(parsing: second) } ?? true
        // Schemas of plans were read before.
        guard let checked = try unlessRefused({ try JSONSchema(schema) }) else { return }
        guard let value = try unlessRefused({ try StructuredAnswer.read(text, as: schema) }) else { return }
        try require(checked.validate(value).isEmpty, "an answer is taken that does not fit")
        let written = value.text
        try require(try StructuredAnswer.read(written, as: schema) == value, "an answer is not what it was")
        let fenced = try StructuredAnswer.read("```json\n\(written)\n```", as: schema)
        try require(fenced == value, "a fence changes the answer")
    }
}
