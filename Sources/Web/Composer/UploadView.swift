public import Core

/// A file that is kept already and will be given to the task.
public struct UploadView: Sendable, Hashable {
    public var name: String
    public var hash: ContentHash
    public var bytes: Int64
    public var mediaType: String?
    /// What is wrong with it.
    public var problem: String?

    public init(name: String, hash: ContentHash, bytes: Int64, mediaType: String? = nil, problem: String? = nil) {
        self.name = name
        self.hash = hash
        self.bytes = bytes
        self.mediaType = mediaType
        self.problem = problem
    }
}

extension UploadView {
    /// What the form carries of it: the answer of `POST /api/files`.
    var json: JSON {
        var object: JSONObject = ["name": .string(name), "size": .int(bytes), "sha256": .string(hash.rawValue)]
        object["type"] = mediaType.map(JSON.string)
        return .object(object)
    }

    /// What the API takes.
    var reference: JSON {
        var object: JSONObject = ["name": .string(name), "sha256": .string(hash.rawValue)]
        object["type"] = mediaType.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back; nil for what is none.
    init?(_ json: JSON) {
        guard let name = json["name"]?.stringValue, let bytes = json["size"]?.intValue,
            let hash = json["sha256"]?.stringValue.flatMap(ContentHash.init)
        else { return nil }
        self.init(name: name, hash: hash, bytes: bytes, mediaType: json["type"]?.stringValue)
    }
}
