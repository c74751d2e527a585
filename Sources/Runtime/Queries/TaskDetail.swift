public import Core
public import Engine
public import Store

/// All that a page or an API answer says about one task.
public struct TaskDetail: Sendable {
    public var task: TaskRow
    public var planSummary: String?
    public var inputs: JSONObject
    public var files: [TaskFileDetail]
    /// Every step, each followed by what stands in it; steps that have not begun are listed too, where what they stand in
    /// has.
    public var steps: [StepDetail]
    /// The requests to people, oldest first.
    public var requests: [DecisionDetail] = []
    /// What it stands behind while it is queued.
    public var queue: TaskQueue?
    /// The tasks that its steps have started.
    public var children: [TaskRow] = []
    /// The tasks that repeat it.
    public var reruns: [TaskRow] = []
    /// The outputs, when the task has completed.
    public var outputs: JSONObject?
    /// The events it was read from, oldest first; at most `eventsMaximum`. Empty when contents were bounded.
    public var events: [EventRow]
    /// Whether there are more events than were read, or more contents than are told, so that contents of later steps may be
    /// missing.
    public var isCutOff: Bool

    /// How many children and reruns are told.
    public static let linksMaximum = 100
    /// How many events are read for one answer.
    public static let eventsMaximum = 10_000
}

/// The steps of one iteration of a loop, or of a path of a branch, as the plan has them.
public struct BlockOutline: Sendable, Hashable {
    /// The name of the path; empty for the body of a loop.
    public var name: String
    public var steps: [StepOutline]
}

/// A step as the plan has it.
public struct StepOutline: Sendable, Hashable {
    public var name: String
    /// `set`, `command` …
    public var kind: String
    public var blocks: [BlockOutline]
}

/// A request to a person with all that is asked.
public struct DecisionDetail: Sendable {
    public var row: DecisionRow
    public var request: DecisionRequest
    /// What was decided, with edits and feedback; nil while it is open.
    public var decision: Decision?
    /// What was under way when it was cut off, and may have happened; nil where the request is about something else.
    public var interrupted: InterruptedRun?
    /// How often the output of the step was sent back before.
    var sentBack = 0

    /// What can be decided: an output is sent back a few times only.
    public var verdicts: [Verdict] {
        let all = request.kind.verdicts
        guard request.kind == .review, sentBack >= Limits.reviewRejectionsMaximum else { return all }
        return all.filter { $0 != .retry }
    }
}

/// A file that belongs to a task.
public struct TaskFileDetail: Sendable, Hashable {
    public var name: String
    public var hash: ContentHash
    public var size: Int64
    public var mediaType: String
}

/// All that is said about one step, one iteration of a loop, or the path that a branch has taken.
public struct StepDetail: Sendable {
    public var path: StepPath
    /// How many loops, iterations, branches and paths it stands in.
    public var depth: Int
    /// `set`, `command` …; `iteration` and `path` for the parts of a loop and a branch.
    public var kind: String
    public var summary: String?
    public var needs: [String]
    /// Who does it: the agent's name, or the tool's; nil where the kind says it all.
    public var doer: String?
    /// Its condition, as the plan says it.
    public var condition: String?
    /// What is known of it; nil while it has not begun.
    public var row: StepRow?
    /// What its latest run was given.
    public var input: JSON?
    public var output: JSON?
    public var files: [TaskFileDetail] = []
    /// Exit code, stderr, response: what its latest run left beside its output.
    public var trace: JSON?
    /// What its runs asked of models and tools.
    public var runs = StepTrace()
    /// The answers of models in its latest run.
    public var turns: [JSON] = []
    /// Of a branch why it took its path, of a skipped step why it was skipped: the conditions with the values of their
    /// parts, or what the agent said that chose.
    public var reason: JSON?
    /// The paths that a branch did not take.
    public var pathsNotTaken: [String] = []
    /// Of a loop or branch the steps it may come to, block by block.
    public var blocks: [BlockOutline] = []
    /// Iterations of a loop that are not listed because there are too many.
    public var hiddenIterations = 0
    /// Whether something of what it was given and has made is left out, because the steps of the task have so much of it.
    public var isCutOff = false
    /// Whether its failure does not make what it stands in fail: its plan allows it, or a person has.
    public var isFailureAllowed = false

    /// The status of the step; `queued` while it has not begun.
    public var status: String { row?.status ?? StepStatus.queued.rawValue }

    /// What it waits for, as a sentence; nil when it does not wait.
    public var waitingSentence: String? { row?.sentence }

    /// Whether steps stand in it.
    public var isContainer: Bool { ["for_each", "branch", "iteration", "path"].contains(kind) }
}
