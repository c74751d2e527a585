internal import Core
internal import Engine
internal import Store

/// Something the journal is asked to make durable, and whom to tell when it is.
struct JournalRequest: Sendable {
    let body: Body
    let answer: @Sendable (Result<JournalAnswer, any Error>) -> Void

    /// Whether it removes files, which happens apart from what is committed.
    var isRemoval: Bool { if case .removeUnusedBlobs = body { true } else { false } }

    enum Body: Sendable {
        case create(NewTask)
        /// Which task an earlier request with that key has made; without a hash, whatever it asked for.
        case repetition(key: String, requestHash: ContentHash?)
        case command(any TaskCommand, TaskNumber)
        case savePlan(PlanRow, if: VersionCondition? = nil, bringsBack: Bool = true)
        /// Publishes, archives or restores a saved plan.
        case changePlan(String, PlanChange, if: VersionCondition? = nil)
        case publishApp(AppRow, if: VersionCondition? = nil)
        /// Archives an app; without a time it is brought back.
        case archiveApp(String, at: Timestamp?, if: VersionCondition? = nil)
        /// Keeps something for an agent.
        case remember(MemoryRow)
        /// Forgets what an agent has kept under a name.
        case forget(agent: String, name: String)
        case saveAgent(AgentRow, if: VersionCondition? = nil)
        /// Hides an agent of the library, or brings it back.
        case archiveAgent(String, undo: Bool = false, if: VersionCondition? = nil)
        case saveView(ViewRow, if: VersionCondition?)
        case deleteView(String, if: VersionCondition?)
        case signal(name: String, key: String, payload: JSON)
        /// Forgets a finished task of which somebody has read what it has used.
        case delete(TaskNumber, by: String, knowing: TaskUsage? = nil)
        /// What a queued task stands behind.
        case queue(TaskNumber)
        /// Removes files that no task needs.
        case removeUnusedBlobs(limit: Int)
    }
}

/// What the journal says when the request is durable.
enum JournalAnswer: Sendable {
    case created(Runtime.Receipt)
    case repetition(Runtime.Receipt?)
    case transition(Transition)
    case signalled(Runtime.SignalReceipt)
    case queue(TaskQueue?)
    case removed(Int)
    /// Something was saved; whether in the place of another.
    case saved(isReplaced: Bool)
    /// What keeping something has come to.
    case kept(Saving)
    case done
}

/// A task to be made; number and id are given by the journal.
struct NewTask: Sendable {
    var plan: PlanRow
    var executable: ExecutablePlan
    var name: String
    var source: TaskSource
    var trigger: TaskTrigger
    var inputs: JSONObject
    /// As in `TaskOrigin`; so the next.
    var foreignInputs: [String] = []
    var isNamedByOthers = false
    var files: [TaskFile]
    var tags: [String]
    var model: String?
    var defaultModel: String?
    var limits = TaskLimits()
    var priority = 0
    var concurrency: ConcurrencyGroup?
    var parent: ParentLink?
    var rerun: RerunLink?
    var app: String?
    var reuse: [StepPath: Reuse] = [:]
    var reusedFiles: [TaskFile] = []
    /// The client's key and the hash of its request.
    var requestKey: (key: String, requestHash: ContentHash)?

    /// All that is fixed when the task is created.
    func origin(id: TaskID, number: TaskNumber, agents: AgentSettings) -> TaskOrigin {
        var origin = TaskOrigin(
            id: id, number: number, name: name, source: source, trigger: trigger, planName: plan.name,
            planHash: plan.hash, inputs: inputs, files: files, tags: tags, model: model, defaultModel: defaultModel)
        origin.foreignInputs = foreignInputs
        origin.isNamedByOthers = isNamedByOthers
        origin.agents = agents
        origin.limits = limits
        origin.priority = priority
        origin.concurrency = concurrency
        origin.parent = parent
        origin.rerun = rerun
        origin.app = app
        origin.reuse = reuse
        origin.reusedFiles = reusedFiles
        return origin
    }
}
