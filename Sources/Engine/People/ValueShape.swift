public import Core

/// Keeps the types of a value that a person changes: a number stays a number, a list a list, and what has names keeps
/// them.
public enum ValueShape: Sendable {
    /// - Parameter what: how sentences call the original.
    /// - Throws: `SignalboxError` with code `invalid_input` and the pointer of the first difference.
    public static func require(
        _ edited: JSON, like original: JSON, at pointer: String = "", what: String = "What was proposed"
    ) throws {
        switch (original, edited) {
        case (.null, _): return
        case (.bool, .bool), (.string, .string): return
        case (.int, .int), (.double, .double), (.double, .int): return
        case (.array(let originals), .array(let elements)):
            // Only a list whose elements are all alike says what a further one must be.
            guard let first = originals.first, originals.allSatisfy({ $0.typeName == first.typeName }) else { return }
            for (place, element) in elements.enumerated() {
                let model = place < originals.count ? originals[place] : first
                try require(element, like: model, at: "\(pointer)/\(place)", what: what)
            }
        case (.object(let members), .object(let edits)):
            for member in members {
                let place = "\(pointer)/\(escaped(member.name))"
                guard let edit = edits[member.name] else {
                    throw SignalboxError(
                        .invalidInput, "\"\(member.name)\" is missing.", at: .pointer(place),
                        hint: "Keep all its names: \(members.names.joined(separator: ", ").prefix(200)).")
                }
                try require(edit, like: member.value, at: place, what: what)
            }
            for edit in edits where members[edit.name] == nil {
                throw SignalboxError(
                    .invalidInput, "\(what) has no \"\(edit.name.prefix(64))\".",
                    at: .pointer("\(pointer)/\(escaped(edit.name))"),
                    hint: members.isEmpty ? nil : "It has \(members.names.joined(separator: ", ")).")
            }
        default:
            throw SignalboxError(
                .invalidInput,
                "It must stay \(article(original)) \(original.typeName), and this is \(article(edited)) \(edited.typeName).",
                at: .pointer(pointer))
        }
    }

    /// A name as a part of a JSON pointer (RFC 6901 §3).
    private static func escaped(_ name: String) -> String {
        var text = ""
        for character in name.unicodeScalars {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }

    private static func article(_ value: JSON) -> String {
        switch value {
        case .int, .array, .object: "an"
        default: "a"
        }
    }
}
