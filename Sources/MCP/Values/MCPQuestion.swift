public import Core
public import Plans

/// A question of a server to a person.
public struct MCPQuestion: Sendable, Hashable {
    /// By this its answer is given.
    public var key: String
    /// Why it is asked, in the server's words.
    public var message: String
    public var kind: Kind

    /// How it is answered.
    public enum Kind: Sendable, Hashable {
        /// By filling in an object that this JSON Schema describes.
        case form(schema: JSON)
        /// At this address, without the answer passing through here; what comes back is only whether the person agreed.
        case visit(url: String)
    }

    /// A question.
    public init(key: String, message: String, kind: Kind) {
        self.key = key
        self.message = message
        self.kind = kind
    }

    /// The fields to fill in.
    /// - Throws: `SignalboxError` when the server's schema is none.
    public var fields: [SchemaField] {
        get throws {
            guard case .form(let schema) = kind else { return [] }
            return try JSONSchema(schema).fields
        }
    }
}

extension MCPQuestion {
    /// Reads the parameters of `elicitation/create`.
    /// - Throws: `Fault` that says what is wrong with them.
    init(key: String, params: JSON) throws {
        let reader = try MemberReader(params, "a question")
        self.key = key
        message = try reader.text("message")
        switch try reader.optionalText("mode") ?? "form" {
        case "form":
            let schema = JSON.object(try reader.object("requestedSchema"))
            do {
                _ = try JSONSchema(schema)
            } catch {
                throw Fault("the schema of a question is none", cause: error)
            }
            kind = .form(schema: schema)
        case "url": kind = .visit(url: try reader.text("url"))
        case let mode: throw Fault("a question is to be asked in the unknown mode \"\(mode.prefix(40))\"")
        }
    }

    var json: JSON {
        var object: JSONObject = ["key": .string(key), "message": .string(message)]
        switch kind {
        case .form(let schema): object["schema"] = schema
        case .visit(let url): object["url"] = .string(url)
        }
        return .object(object)
    }

    init?(stored json: JSON) {
        guard let key = json["key"]?.stringValue, let message = json["message"]?.stringValue else { return nil }
        self.key = key
        self.message = message
        switch (json["schema"], json["url"]?.stringValue) {
        case (let schema?, nil): kind = .form(schema: schema)
        case (nil, let url?): kind = .visit(url: url)
        default: return nil
        }
    }
}
