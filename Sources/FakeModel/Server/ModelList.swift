internal import Core

/// The models there are, as each interface lists them.
struct ModelList: Sendable {
    let names: [String]
    let createdSeconds: Int64

    /// - Parameter wanted: The one that is asked for; nil for all.
    func json(_ wanted: String?, _ dialect: any Dialect) -> JSON {
        if let wanted { return entry(wanted, dialect) }
        let entries = JSON.array(names.map { entry($0, dialect) })
        switch dialect {
        case is GenerateContentDialect: return ["models": entries]
        case is MessagesDialect:
            return [
                "data": entries, "has_more": false, "first_id": names.first.map(JSON.string) ?? .null,
                "last_id": names.last.map(JSON.string) ?? .null,
            ]
        default: return ["object": "list", "data": entries]
        }
    }

    private func entry(_ name: String, _ dialect: any Dialect) -> JSON {
        switch dialect {
        case is GenerateContentDialect:
            [
                "name": .string("models/\(name)"), "displayName": .string(name), "inputTokenLimit": 1_000_000,
                "outputTokenLimit": 65_536, "supportedGenerationMethods": ["generateContent", "countTokens"],
            ]
        case is MessagesDialect:
            [
                "type": "model", "id": .string(name), "display_name": .string(name),
                "created_at": .string(Timestamp(millisecondsSinceEpoch: createdSeconds * 1000).rfc3339),
            ]
        default:
            ["id": .string(name), "object": "model", "created": .int(createdSeconds), "owned_by": "signalbox"]
        }
    }
}
