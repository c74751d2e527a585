public import Core

/// A file that a task was given or produced; its bytes lie in the blob store under their hash.
public struct TaskFile: Sendable, Hashable {
    /// The name within its task, or for outputs the path relative to the task's directory.
    public var name: String
    public var hash: ContentHash
    /// In bytes.
    public var size: Int64
    public var mediaType: String

    public init(name: String, hash: ContentHash, size: Int64, mediaType: String) {
        self.name = name
        self.hash = hash
        self.size = size
        self.mediaType = mediaType
    }
}

extension TaskFile {
    /// The form of the journal, the API and of expressions.
    public var json: JSON {
        [
            "name": .string(name), "type": .string(mediaType), "size": .int(size), "sha256": .string(hash.rawValue),
        ]
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let name = json["name"]?.stringValue, let mediaType = json["type"]?.stringValue,
            let size = json["size"]?.intValue, let hash = json["sha256"]?.stringValue.flatMap(ContentHash.init)
        else { throw JournalFormatError.member("file") }
        self.init(name: name, hash: hash, size: size, mediaType: mediaType)
    }
}
