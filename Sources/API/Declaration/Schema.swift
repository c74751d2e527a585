internal import Core

/// A JSON Schema of draft 2020-12, built from pieces; those that have a name are kept beside it, for the document to hold
/// each once.
struct Schema: Sendable {
    /// The schema itself; pieces with a name are only referred to.
    private(set) var members: JSONObject
    /// The named pieces that it refers to, also from within each other.
    private(set) var definitions: [String: JSON]

    init(_ members: JSONObject, definitions: [String: JSON] = [:]) {
        self.members = members
        self.definitions = definitions
    }

    var json: JSON { .object(members) }

    /// Where named pieces stand in the document.
    static let definitionsPath = "#/components/schemas/"

    /// The same under a name of its own.
    func named(_ name: String) -> Schema {
        Schema.reference(name).holding(definitions.merging([name: json]) { first, _ in first })
    }

    /// A piece that something around it defines: for those that contain themselves.
    static func reference(_ name: String) -> Schema {
        Schema(["$ref": .string(definitionsPath + name)])
    }

    /// With a sentence for people.
    func saying(_ text: String) -> Schema { with("description", .string(text)) }

    /// With one more keyword.
    func with(_ keyword: String, _ value: JSON) -> Schema {
        var changed = self
        changed.members[keyword] = value
        return changed
    }

    /// Null as well.
    var orNull: Schema {
        if case .string(let type)? = members["type"], members["enum"] == nil {
            return with("type", [.string(type), "null"])
        }
        return Schema.any(of: self, Schema(["type": "null"]))
    }

    /// One of several.
    static func any(of choices: Schema...) -> Schema {
        Schema(["anyOf": .array(choices.map(\.json))]).holding(choices.definitions)
    }

    func holding(_ more: [String: JSON]) -> Schema {
        Schema(members, definitions: definitions.merging(more) { first, _ in first })
    }
}

extension Sequence<Schema> {
    /// The named pieces of all.
    var definitions: [String: JSON] {
        reduce(into: [:]) { $0.merge($1.definitions) { first, _ in first } }
    }
}
