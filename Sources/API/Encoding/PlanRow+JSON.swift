internal import Core
internal import Plans
internal import Runtime
internal import Store

extension PlanVersionRow {
    /// A version of a plan without its document.
    /// - Parameter plan: what holds for all versions, where the plan is saved.
    func json(of plan: SavedPlanRow?) -> JSON {
        var object: JSONObject = ["name": .string(name), "hash": .string(hash.rawValue)]
        object["description"] = summary.map(JSON.string)
        object["saved"] = .string(savedAt.rfc3339)
        object["path"] = .string(path)
        object["author"] = author.map(JSON.string)
        object["note"] = note.map(JSON.string)
        if let plan {
            object["current"] = .string(plan.current.rawValue)
            object["published"] = plan.published.map { .string($0.rawValue) }
            object["archived"] = plan.archivedAt.map { .string($0.rfc3339) }
        }
        return .object(object)
    }
}

extension PlanRow {
    /// A version with its document, as it was written and as what it says.
    /// - Parameter plan: what holds for all versions, where the plan is saved.
    func json(of plan: SavedPlanRow?) -> JSON {
        guard case .object(var object) = PlanVersionRow(self).json(of: plan) else {
            preconditionFailure("A version is an object.")
        }
        object["text"] = .string(text)
        object["document"] = source.document
        let files = files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        object["files"] = .object(JSONObject(files))
        return .object(object)
    }
}

extension PlanComparison {
    var json: JSON {
        var object: JSONObject = [
            "from": PlanVersionRow(before).json(of: nil), "to": PlanVersionRow(after).json(of: nil),
            "differences": .array(differences.map(\.json)),
        ]
        object["text"] = text.map(JSON.string) ?? .null
        if hasMore { object["more_differences"] = true }
        return .object(object)
    }
}

extension AppRow {
    var json: JSON {
        get throws {
            var object: JSONObject = ["name": .string(name), "hash": .string(hash.rawValue)]
            object["description"] = summary.map(JSON.string)
            object["plan"] = ["name": .string(planName), "hash": .string(planHash.rawValue)]
            object["parameters"] = try JSON(parsing: parameters)
            object["published"] = .string(publishedAt.rfc3339)
            object["author"] = author.map(JSON.string)
            object["archived"] = archivedAt.map { .string($0.rfc3339) }
            return .object(object)
        }
    }
}
