internal import Core
internal import Runtime
internal import Store

extension Saving {
    /// A version with what saving it has come to.
    func telling(_ version: JSON) -> JSON {
        guard case .object(var object) = version else { preconditionFailure("A version is an object.") }
        object["outcome"] = .string(rawValue)
        return .object(object)
    }
}

extension SavingRow {
    private var json: JSON {
        var object: JSONObject = ["saved": .string(savedAt.rfc3339)]
        object["author"] = author.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }

    /// A version with each time that it was saved, the last one first.
    static func telling(_ version: JSON, _ savings: [SavingRow]?) -> JSON {
        guard case .object(var object) = version else { preconditionFailure("A version is an object.") }
        object["savings"] = .array((savings ?? []).map(\.json))
        return .object(object)
    }
}
