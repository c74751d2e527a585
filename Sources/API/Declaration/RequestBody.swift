internal import Core

/// What the body of a request has to be.
struct RequestBody: Sendable {
    /// Its media type is that of JSON, or of bytes when there is no schema.
    var schema: Schema?
    var isRequired = true
    var bytesMaximum = Limits.requestBodyBytesMaximum
    /// Whether the operation reads it as it comes, in bounded memory.
    var isStreamed = false
    /// Whether it may also be a form with files, of which this is the schema.
    var form: Schema?
    /// Whether it may also be YAML, as which it is no more than a text.
    var mayBeYAML = false

    /// The media type of YAML (RFC 9512).
    static let yaml = "application/yaml"

    /// A JSON document that must be there.
    static func json(_ schema: Schema) -> RequestBody { RequestBody(schema: schema) }

    /// A JSON document that must be there, or YAML.
    static func jsonOrYAML(_ schema: Schema) -> RequestBody { RequestBody(schema: schema, mayBeYAML: true) }

    /// A JSON document; none stands for an empty object.
    static func optionalJSON(_ schema: Schema, bytesMaximum: Int = Limits.requestBodyBytesMaximum) -> RequestBody {
        RequestBody(schema: schema, isRequired: false, bytesMaximum: bytesMaximum)
    }

    /// Files, which are read as they come: bytes as they are, or a form.
    static func files(maximum: Int, form: Schema? = nil) -> RequestBody {
        RequestBody(schema: nil, isRequired: false, bytesMaximum: maximum, isStreamed: true, form: form)
    }
}
