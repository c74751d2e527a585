public import Core

/// All that the API says about one task.
public struct TaskDetails: Sendable {
    public var summary: TaskSummary
    public var description: String?
    /// In the order of the plan; those that have not begun too.
    public var steps: [StepSummary]
    /// Nil until the task has completed.
    public var outputs: JSONObject?
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        summary = try TaskSummary(json)
        let fields = try Fields(json, "a task")
        self.json = json
        description = fields.text("description")
        steps = try fields.array("steps").map(StepSummary.init)
        outputs = json["outputs"]?.objectValue
    }
}

/// What is said about one step of a task.
public struct StepSummary: Sendable {
    public var path: String
    /// The word of the plan language: `command`, `agent` …
    public var kind: String
    public var description: String?
    public var status: StepStatus
    public var waitingReason: String?
    public var started: Timestamp?
    public var durationMilliseconds: Int64?
    public var failure: String?
    /// The beginning of its output, on one line.
    public var preview: String?
    public var usage: TokenUsage
    public var files: [UploadedFile]

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a step")
        path = try fields.string("path")
        kind = try fields.string("kind")
        description = fields.text("description")
        status = StepStatus(rawValue: try fields.string("status"))
        waitingReason = fields.text("waiting_reason")
        started = fields.moment("started")
        durationMilliseconds = json["duration_ms"]?.intValue
        failure = json["failure"]?["message"]?.stringValue
        preview = fields.text("preview")
        usage = TokenUsage(json["tokens"])
        files = try json["files"]?.arrayValue?.map(UploadedFile.init) ?? []
    }
}

/// A file whose bytes the server has.
public struct UploadedFile: Sendable, Hashable {
    public var name: String
    /// In bytes.
    public var size: Int64
    public var hash: ContentHash

    /// Where its bytes can be had, under its own name.
    public var path: String {
        let name = name.split(separator: "/").last.map(String.init) ?? name
        return "/api/files/\(hash.rawValue)?name=\(PercentEncoding.segment(name))"
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a file")
        name = try fields.string("name")
        size = try fields.integer("size")
        guard let hash = ContentHash(rawValue: try fields.string("sha256")) else {
            throw SignalboxError(.upstream, "The server sent a hash that is none.")
        }
        self.hash = hash
    }
}
