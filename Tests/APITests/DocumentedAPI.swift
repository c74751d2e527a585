import Core
import HTTPServer
import Plans
import Testing

/// What an OpenAPI document says of operations, by their names.
struct DocumentedAPI {
    private let document: JSON
    private var byName: [String: JSON] = [:]
    /// An address for each operation.
    private(set) var targets: [(method: Method, path: String)] = []

    var operations: Set<String> { Set(byName.keys) }

    init(_ document: JSON) throws {
        self.document = document
        for path in try #require(document["paths"]?.objectValue) {
            for method in try #require(path.value.objectValue) {
                let name = try #require(method.value["operationId"]?.stringValue)
                byName[name] = method.value
                let parts = path.name.split(separator: "/").map { $0.hasPrefix("{") ? "1" : String($0) }
                targets.append(
                    (Method(rawValue: method.name.uppercased()), "/" + parts.joined(separator: "/")))
            }
        }
    }

    /// In what an answer differs from what is declared; a member that is not declared is a mistake too.
    func mistakes(in value: JSON, status: Int, type: String, of operation: String) throws -> [String] {
        guard let response = byName[operation]?["responses"]?[String(status)] else {
            return ["the status \(status) is not declared"]
        }
        guard let schema = response["content"]?[type]?["schema"] else { return ["\(type) is not declared"] }
        let isProblem = type == "application/problem+json"
        guard case .object(var root) = isProblem ? schema : Self.closed(schema) else { return ["it has no schema"] }
        let components = document["components"] ?? [:]
        root["components"] = isProblem ? components : Self.closed(components)
        return try JSONSchema(.object(root)).validate(value).map { "\($0)" }
    }

    /// The schema without room for members that it does not name.
    private static func closed(_ schema: JSON) -> JSON {
        switch schema {
        case .array(let elements): return .array(elements.map(closed))
        case .object(let members):
            var changed = JSONObject(members.map { ($0.name, closed($0.value)) })
            if members["type"] == "object", members["properties"] != nil, members["additionalProperties"] == nil {
                changed["additionalProperties"] = false
            }
            return .object(changed)
        default: return schema
        }
    }
}
