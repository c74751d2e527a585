public import Core

/// All that the API says about one task.
public struct TaskDetails: Sendable {
    public var summary: TaskSummary
    public var description: String?
    /// In the order of the plan; those that have not begun too.
    public var steps: [StepSummary]
    /// What its steps wait for, in their order.
    public var waits: [TaskWait]
    /// The requests to people, the oldest first.
    public var requests: [Approval]
    /// Tasks that it has started.
    public var children: [TaskSummary]
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
        waits = try json["waits"]?.arrayValue?.map { try TaskWait($0, step: "") } ?? []
        requests = try json["requests"]?.arrayValue?.map(Approval.init) ?? []
        children = try json["children"]?.arrayValue?.map(TaskSummary.init) ?? []
        outputs = json["outputs"]?.objectValue
    }
}

/// What is said about one step of a task.
public struct StepSummary: Sendable {
    /// `read`; inside a loop `each/3/read`, inside a branch `route/large/send`.
    public var path: String
    /// The word of the plan language: `command`, `agent` …; `iteration` and `path` for the parts of a loop and a branch.
    public var kind: String
    public var description: String?
    public var status: StepStatus
    /// What it waits for; nil when it does not wait.
    public var waiting: TaskWait?
    public var started: Timestamp?
    public var durationMilliseconds: Int64?
    /// What its duration leaves out.
    public var idleMilliseconds: Int64
    public var failure: String?
    /// What the agent says of its own work: its STATUS (`completed`, `failed`, `question`, `silent`); nil for other steps.
    public var resultStatus: String?
    /// Its SUMMARY.
    public var resultSummary: String?
    /// The beginning of its output, on one line.
    public var preview: String?
    public var usage: TokenUsage
    public var modelCalls: Int
    /// What these cost; nil when the price of something is not known.
    public var cost: Money?
    /// What is known of that where not all is; else nil.
    public var knownCost: Money?
    public var files: [UploadedFile]
    /// Of a loop; nil for every other step.
    public var iterations: IterationCounts?
    /// Why a branch took its path, or why the step was skipped.
    public var reason: JSON?
    /// The task that does its work.
    public var childTask: TaskNumber?
    /// Whether its output was taken over from the task that this one repeats.
    public var isReused: Bool
    /// Of a loop or branch the steps it may come to.
    public var blocks: [String: [StepOutline]]

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a step")
        let path = try fields.string("path")
        self.path = path
        kind = try fields.string("kind")
        description = fields.text("description")
        status = StepStatus(rawValue: try fields.string("status"))
        waiting = try json["waiting"].map { try TaskWait($0, step: path) }
        started = fields.moment("started")
        durationMilliseconds = json["duration_ms"]?.intValue
        idleMilliseconds = json["idle_ms"]?.intValue ?? 0
        failure = json["failure"]?["message"]?.stringValue
        resultStatus = json["result"]?["status"]?.stringValue
        resultSummary = json["result"]?["summary"]?.stringValue
        preview = fields.text("preview")
        usage = TokenUsage(json["tokens"])
        modelCalls = Int(clamping: json["model_calls"]?.intValue ?? 0)
        cost = Money(answer: json["cost"])
        knownCost = Money(answer: json["known_cost"])
        files = try json["files"]?.arrayValue?.map(UploadedFile.init) ?? []
        iterations = json["iterations"].map(IterationCounts.init)
        reason = json["reason"]
        childTask = json["child_task"]?.intValue.map(TaskNumber.init(rawValue:))
        isReused = json["reused"]?.boolValue ?? false
        blocks = try StepOutline.blocks(json)
    }
}

/// How far a loop is.
public struct IterationCounts: Sendable, Hashable {
    /// Nil when only its end tells.
    public var total: Int?
    public var finished: Int
    public var failed: Int
    /// Those that are not listed, because there are too many.
    public var hidden: Int

    init(_ json: JSON) {
        func count(_ name: String) -> Int? { json[name]?.intValue.map { Int(clamping: $0) } }
        total = count("total")
        finished = count("finished") ?? 0
        failed = count("failed") ?? 0
        hidden = count("hidden") ?? 0
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
