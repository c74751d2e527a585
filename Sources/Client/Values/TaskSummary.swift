public import Core

/// What lists show of a task.
public struct TaskSummary: Sendable {
    public var id: String
    public var number: TaskNumber
    public var name: String
    public var status: TaskStatus
    public var waitingReason: String?
    /// All of them, the most pressing first.
    public var waitingReasons: [String]
    /// Requests to people that nobody has decided yet.
    public var openRequests: Int
    public var cause: String?
    /// Why it failed, what it waits for or what it does.
    public var sentence: String?
    /// The step the sentence is about.
    public var sentenceStep: String?
    public var planName: String
    /// The address of the version of the plan that it runs.
    public var planHash: String
    /// What it was made from: `plan`, `app` or `prompt`, which stands for instructions.
    public var source: String
    /// The app that it was made from.
    public var app: String?
    public var trigger: String
    /// Higher goes first.
    public var priority: Int
    /// The task that it does the work of a step of.
    public var parent: TaskNumber?
    public var parentStep: String?
    /// The task that it repeats, and the first step that ran again if it took over what was before that.
    public var rerunOf: TaskNumber?
    public var rerunFrom: String?
    public var models: [String]
    public var progress: StepCounts
    public var created: Timestamp
    public var started: Timestamp?
    public var ended: Timestamp?
    /// Time in which something of it ran.
    public var activeMilliseconds: Int64
    public var usage: TokenUsage
    public var modelCalls: Int
    /// Tool calls of its agents.
    public var toolCalls: Int
    /// What its own steps have cost; nil when the price of something is not known.
    public var cost: Money?
    /// What is known of that where not all is; else nil.
    public var knownCost: Money?
    /// What it has used with the tasks that its steps have started; nil where there is nothing of these.
    public var withChildren: Sum?
    /// What whoever has made it should know: limits that are narrower than was asked for. Known to the maker alone.
    public var notices: [String]
    /// The place of its newest event.
    public var position: Position
    /// The path of its page.
    public var path: String
    /// As the API gave it.
    public var json: JSON

    /// Tokens and what they cost; nil when the price of something is not known.
    public struct Sum: Sendable, Hashable {
        public var usage: TokenUsage
        public var cost: Money?
        /// What is known of that where not all is; else nil.
        public var knownCost: Money?
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a task")
        self.json = json
        id = try fields.string("id")
        number = TaskNumber(rawValue: try fields.integer("number"))
        name = try fields.string("name")
        status = TaskStatus(rawValue: try fields.string("status"))
        waitingReason = fields.text("waiting_reason")
        waitingReasons = fields.texts("waiting_reasons")
        openRequests = Int(clamping: json["open_requests"]?.intValue ?? 0)
        cause = fields.text("cause")
        sentence = fields.text("sentence")
        sentenceStep = fields.text("sentence_step")
        planName = try fields.object("plan").string("name")
        planHash = try fields.object("plan").string("hash")
        source = try fields.string("source")
        app = fields.text("app")
        trigger = try fields.string("trigger")
        priority = Int(clamping: json["priority"]?.intValue ?? 0)
        parent = json["parent"]?["task"]?.intValue.map(TaskNumber.init(rawValue:))
        parentStep = json["parent"]?["step"]?.stringValue
        rerunOf = json["rerun_of"]?["task"]?.intValue.map(TaskNumber.init(rawValue:))
        rerunFrom = json["rerun_of"]?["from"]?.stringValue
        models = fields.texts("models")
        let progress = try fields.object("progress")
        self.progress = StepCounts(
            current: try progress.count("current"), total: try progress.count("total"),
            finished: try progress.count("finished"), failed: try progress.count("failed"))
        created = try fields.time("created")
        started = fields.moment("started")
        ended = fields.moment("ended")
        activeMilliseconds = try fields.integer("active_ms")
        usage = TokenUsage(json["tokens"])
        modelCalls = try fields.count("model_calls")
        toolCalls = Int(clamping: json["tool_calls"]?.intValue ?? 0)
        cost = Money(answer: json["cost"])
        knownCost = Money(answer: json["known_cost"])
        withChildren = json["with_children"].map { sum in
            Sum(
                usage: TokenUsage(sum["tokens"]), cost: Money(answer: sum["cost"]),
                knownCost: Money(answer: sum["known_cost"]))
        }
        notices = fields.texts("notices")
        position = Position(rawValue: try fields.integer("position"))
        path = try fields.string("url")
    }
}

/// How far a task is: "Step 2 of 5" (product §4 says how it is counted).
public struct StepCounts: Sendable, Hashable {
    /// N: finished steps, plus 1 while the task has not ended.
    public var current: Int
    /// M: steps that are not skipped.
    public var total: Int
    public var finished: Int
    public var failed: Int

    public init(current: Int, total: Int, finished: Int, failed: Int) {
        self.current = current
        self.total = total
        self.finished = finished
        self.failed = failed
    }
}

/// A page of tasks.
public struct TaskPage: Sendable {
    public var tasks: [TaskSummary]
    /// How many tasks there are on all pages, or at least so many.
    public var total: Int
    /// False when there are more than `total`.
    public var isTotalExact: Bool
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a page of tasks")
        self.json = json
        tasks = try fields.array("tasks").map(TaskSummary.init)
        total = try fields.count("total")
        isTotalExact = json["is_total_exact"]?.boolValue ?? true
    }
}
