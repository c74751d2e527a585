internal import Core

/// A value of a YAML document together with the stretch of text where it stands.
struct YAMLNode: Sendable {
    var content: Content
    /// Indices into the scalars of the `SourceText`.
    var range: Range<Int>

    enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([Entry])
        /// Something that was refused, and has been reported; nothing more is to be said about it.
        case refused
    }

    /// A name and its value.
    struct Entry: Sendable {
        var name: String
        var nameRange: Range<Int>
        var value: YAMLNode
    }
}

/// A text, number, truth value or null of a YAML document.
struct YAMLScalar: Sendable {
    /// What it says, without quotes and indentation, escapes resolved.
    var text: String
    var style: Style
    /// What it means by the core schema of YAML 1.2.
    var value: JSON

    enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, block
    }
}

extension YAMLNode {
    var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    /// Whether it has been refused and reported already.
    var isRefused: Bool {
        guard case .refused = content else { return false }
        return true
    }

    /// Whether nothing is written: `key:` and then the next line, or `null`.
    var isNull: Bool { scalar?.value == .null }

    /// What this is, in words for people.
    var typeName: String {
        switch content {
        case .scalar(let scalar):
            scalar.value == .null ? "nothing" : "\(article(scalar.value)) \(scalar.value.typeName)"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .refused: "something refused"
        }
    }

    /// The value without its places.
    var json: JSON {
        switch content {
        case .scalar(let scalar): scalar.value
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries): .object(JSONObject(entries.map { ($0.name, $0.value.json) }))
        case .refused: .null
        }
    }

    /// The value of that name, if this is a mapping that has it.
    subscript(name: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.name == name }?.value
    }

    private func article(_ value: JSON) -> String { value.intValue == nil ? "a" : "an" }
}
