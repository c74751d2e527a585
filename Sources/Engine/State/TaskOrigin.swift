public import Core

/// What a task was made from.
public enum TaskSource: String, Sendable, CaseIterable {
    case plan
    /// Free instructions.
    case prompt
    /// A version of a plan that was published with parameters.
    case app
}

/// Who or what asked for a task.
public enum TaskTrigger: String, Sendable, CaseIterable {
    case user, cli, api
    /// A step of another task.
    case task
    /// An agent of another task, by its tool `create_task`.
    case agent
}

/// Everything that is fixed about a task when it is created.
public struct TaskOrigin: Sendable, Hashable {
    public var id: TaskID
    public var number: TaskNumber
    public var name: String
    public var source: TaskSource
    public var trigger: TaskTrigger
    public var planName: String
    public var planHash: ContentHash
    /// Values for every input of the plan, defaults filled in.
    public var inputs: JSONObject
    /// Inputs that others have written and not the person who asked for the task: those that it took over from the child
    /// it repeats. Of a child itself all are, without being named here.
    public var foreignInputs: [String] = []
    /// Whether such an input has given a task without a parent its name.
    public var isNamedByOthers = false
    public var files: [TaskFile]
    public var tags: [String]
    /// A model that replaces those the plan's agents name, as `provider/model`.
    public var model: String?
    /// The model of agents that name none, as the settings said when the task was created.
    public var defaultModel: String?
    /// What the settings said about agents when the task was created.
    public var agents = AgentSettings()
    /// Bounds in the place of those of the plan.
    public var limits = TaskLimits()
    /// Tasks of a higher priority get their turn first.
    public var priority = 0
    /// The tasks that it must not run beside; nil for none.
    public var concurrency: ConcurrencyGroup?
    public var parent: ParentLink?
    public var rerun: RerunLink?
    /// The name of the app that it was made from.
    public var app: String?
    /// What is taken over from the task that it repeats.
    public var reuse: [StepPath: Reuse] = [:]
    /// What the commands among these had left in their directory: the later ones find it in theirs.
    public var reusedFiles: [TaskFile] = []

    public init(
        id: TaskID, number: TaskNumber, name: String, source: TaskSource, trigger: TaskTrigger, planName: String,
        planHash: ContentHash, inputs: JSONObject, files: [TaskFile] = [], tags: [String] = [], model: String? = nil,
        defaultModel: String? = nil
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.source = source
        self.trigger = trigger
        self.planName = planName
        self.planHash = planHash
        self.inputs = inputs
        self.files = files
        self.tags = tags
        self.model = model
        self.defaultModel = defaultModel
    }
}

extension TaskOrigin {
    /// Whether others have written an input. What a step or an agent of another task gives may come from anywhere.
    public func isForeign(input name: String) -> Bool { parent != nil || foreignInputs.contains(name) }

    /// The inputs that others have written.
    public var inputsOfOthers: [String] { inputs.map(\.name).filter(isForeign) }

    /// Whether the name that the task was created with quotes what others have written: that of a child quotes its first
    /// text.
    public var isNameForeign: Bool {
        isNamedByOthers || parent != nil && inputs.contains { $0.value.stringValue != nil }
    }
}

/// Tasks of which only some may be under way at the same time.
public struct ConcurrencyGroup: Sendable, Hashable {
    /// The plan's name, and the value of its key if it has one.
    public var key: String
    public var maximum: Int

    public init(key: String, maximum: Int) {
        self.key = key
        self.maximum = maximum
    }
}

/// The step of another task that a task does the work of.
public struct ParentLink: Sendable, Hashable {
    public var task: TaskNumber
    public var step: StepPath
    public var run: RunNumber
    /// How many tasks stand above it.
    public var depth: Int
    /// What of its limits that task had left when it started this one, and what they were.
    public var rest = TaskLimits()
    public var limits = TaskLimits()

    public init(task: TaskNumber, step: StepPath, run: RunNumber, depth: Int) {
        self.task = task
        self.step = step
        self.run = run
        self.depth = depth
    }
}

/// The task that another one repeats.
public struct RerunLink: Sendable, Hashable {
    public var task: TaskNumber
    /// The step from which on it is run again; nil for all of it.
    public var step: StepPath?
    /// Whether anything was changed.
    public var isEdited: Bool

    public init(task: TaskNumber, step: StepPath? = nil, isEdited: Bool = false) {
        self.task = task
        self.step = step
        self.isEdited = isEdited
    }
}
