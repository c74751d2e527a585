public import Core

/// A request that a person decides, in a list or with all that is asked.
public struct Approval: Sendable {
    /// `7-1`: the first request of task 7.
    public var id: String
    public var task: TaskNumber
    public var taskName: String?
    /// The path of the step that waits for it.
    public var step: String
    public var kind: ApprovalKind
    /// The question, in a line.
    public var title: String
    /// `open`, `decided`, `expired` or `withdrawn`.
    public var state: String
    /// Who may decide; empty for everybody.
    public var deciders: [String]
    public var requested: Timestamp
    public var expires: Timestamp?
    /// What happens when it expires: `wait`, `reject` or `approve`.
    public var onExpiry: String?
    public var verdict: String?
    public var decidedBy: String?
    public var decided: Timestamp?
    /// The tool call that is in doubt; nil in lists, and for all else.
    public var subject: JSON?
    /// What is proposed, in full; nil in lists, and where nothing is.
    public var proposal: JSON?
    /// What a step in doubt was given when it began (`input`), and when that was (`started`); nil in lists, and for all else.
    public var interrupted: (input: JSON, started: Timestamp)?
    /// What is known of a call of a model that a stop of the server has cut off; nil in lists, and where none was.
    public var lostCall: String?
    /// What is to be filled in, as a JSON Schema of an object; nil in lists, and where nothing is.
    public var form: JSON?
    /// What can be decided; empty in lists.
    public var verdicts: [String]
    /// The decision with its edits, values and feedback; nil in lists, and while there is none.
    public var decision: JSON?
    /// As the API gave it.
    public var json: JSON

    /// Whether nobody has decided yet.
    public var isOpen: Bool { state == "open" }

    /// Whether the call of a tool is proposed, whose arguments alone can be changed.
    public var isToolCall: Bool {
        kind == .consent && proposal?["tool"]?.stringValue != nil && proposal?["arguments"]?.objectValue != nil
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a request")
        self.json = json
        id = try fields.string("id")
        task = TaskNumber(rawValue: try fields.integer("task"))
        taskName = fields.text("task_name")
        step = try fields.string("step")
        kind = ApprovalKind(rawValue: try fields.string("kind"))
        title = try fields.string("title")
        state = try fields.string("state")
        deciders = fields.texts("deciders")
        requested = try fields.time("requested")
        expires = fields.moment("expires")
        onExpiry = fields.text("on_expiry")
        verdict = fields.text("verdict")
        decidedBy = fields.text("decided_by")
        decided = fields.moment("decided")
        subject = json["subject"]
        proposal = json["proposal"]
        if let run = json["interrupted"] {
            let members = try Fields(run, "what was cut off")
            interrupted = (run["input"] ?? .null, try members.time("started"))
        }
        lostCall = json["lost_call"]?["sentence"]?.stringValue
        form = json["form"]
        verdicts = fields.texts("verdicts")
        decision = json["decision"]
    }
}

/// What a request is about; a server may know more than these.
public struct ApprovalKind: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// The plan asks.
    public static let approval = ApprovalKind(rawValue: "approval")
    /// A step is about to act.
    public static let consent = ApprovalKind(rawValue: "consent")
    /// A step has an output that is to be accepted.
    public static let review = ApprovalKind(rawValue: "review")
    /// An agent asks.
    public static let question = ApprovalKind(rawValue: "question")
    /// A limit is reached.
    public static let budget = ApprovalKind(rawValue: "budget")
    /// A crash interrupted a step that may not be repeated.
    public static let inDoubt = ApprovalKind(rawValue: "in_doubt")
}

/// A page of requests, the oldest first.
public struct ApprovalPage: Sendable {
    public var approvals: [Approval]
    /// How many there are on all pages.
    public var total: Int
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a page of requests")
        self.json = json
        approvals = try fields.array("approvals").map(Approval.init)
        total = try fields.count("total")
    }
}

/// What a person decides about a request.
public struct ApprovalDecision: Sendable, Hashable {
    /// `approve`, `reject`, `retry` or `stop`.
    public var verdict: String
    /// What takes the place of the proposal: the changed value, the answer, the new limits.
    public var edits: JSON?
    /// The filled-in form.
    public var values: JSONObject?
    /// Why, for whoever asked.
    public var feedback: String?
    /// Who decides; nil for the server's own user.
    public var decider: String?

    public init(
        _ verdict: String, edits: JSON? = nil, values: JSONObject? = nil, feedback: String? = nil,
        decider: String? = nil
    ) {
        self.verdict = verdict
        self.edits = edits
        self.values = values
        self.feedback = feedback
        self.decider = decider
    }

    /// The body of the request.
    var json: JSON {
        var object: JSONObject = ["verdict": .string(verdict)]
        object["edits"] = edits
        object["values"] = values.map(JSON.object)
        object["feedback"] = feedback.map(JSON.string)
        object["by"] = decider.map(JSON.string)
        return .object(object)
    }
}

/// What became of a signal.
public struct SignalReceipt: Sendable {
    /// The task and the step that got it; nil when it is kept until a step waits for it.
    public var receiver: (task: TaskNumber, step: String)?
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        let fields = try Fields(json, "the receipt of a signal")
        self.json = json
        if json["delivered"]?.boolValue == true {
            receiver = (TaskNumber(rawValue: try fields.integer("task")), try fields.string("step"))
        }
    }
}
