public import Core

/// What has come of a tool call.
public struct ToolReturn: Sendable, Hashable {
    /// What the model is told: the parts of a message, in the form of the journal.
    public var parts: JSON
    /// Whether it is an error, told to the model as such.
    public var isError: Bool
    /// How long it took, in milliseconds.
    public var durationMilliseconds: Int64
    /// What else is worth knowing: exit code, status, headers, progress.
    public var trace: JSON?
    /// Files that it has kept.
    public var files: [TaskFile]

    public init(
        parts: JSON, isError: Bool = false, durationMilliseconds: Int64 = 0, trace: JSON? = nil, files: [TaskFile] = []
    ) {
        self.parts = parts
        self.isError = isError
        self.durationMilliseconds = durationMilliseconds
        self.trace = trace
        self.files = files
    }

    /// A text.
    public init(text: String, isError: Bool = false) {
        self.init(parts: [["text": .string(text)]], isError: isError)
    }

    /// Files that the model is shown.
    var shownFiles: [ContentHash] {
        parts.arrayValue?.compactMap { $0["file"]?["hash"]?.stringValue.flatMap(ContentHash.init(rawValue:)) } ?? []
    }

    /// All text of it.
    public var text: String { parts.arrayValue?.compactMap { $0["text"]?.stringValue }.joined() ?? "" }
}

extension ToolReturn {
    /// The form of the journal and the API.
    public var json: JSON {
        var object: JSONObject = ["parts": parts, "duration_ms": .int(durationMilliseconds)]
        if isError { object["error"] = true }
        object["trace"] = trace
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let parts = json["parts"] else { throw JournalFormatError.member("parts") }
        self.init(
            parts: parts, isError: json["error"]?.boolValue ?? false,
            durationMilliseconds: json["duration_ms"]?.intValue ?? 0, trace: json["trace"],
            files: try json["files"]?.arrayValue?.map(TaskFile.init) ?? [])
    }
}
