internal import Core

/// The content of a message or delta: a text, or a list of parts as Mistral's reasoning models send it.
enum ChatContent: Sendable {
    struct Stretch: Sendable, Hashable {
        var text: String
        var isThinking = false
    }

    /// The stretches that are not empty.
    /// - Parameter json: the whole chunk, for the error.
    static func stretches(of content: JSON?, in json: JSON, _ errors: UpstreamErrors) throws -> [Stretch] {
        switch content ?? .null {
        case .null: return []
        case .string(let text): return text.isEmpty ? [] : [Stretch(text: text)]
        case .array(let parts):
            return try parts.flatMap { part -> [Stretch] in
                guard case .object(let members) = part else { throw errors.malformed(json) }
                switch members["type"]?.stringValue {
                case "text"?: return stretch(members["text"]).map { [Stretch(text: $0)] } ?? []
                case "thinking"?:
                    let thoughts = members["thinking"]?.arrayValue?.compactMap { stretch($0["text"]) } ?? []
                    return thoughts.map { Stretch(text: $0, isThinking: true) }
                // A picture, a reference: nothing that is text.
                default: return []
                }
            }
        default: throw errors.malformed(json)
        }
    }

    private static func stretch(_ json: JSON?) -> String? {
        guard let text = json?.stringValue, !text.isEmpty else { return nil }
        return text
    }
}
