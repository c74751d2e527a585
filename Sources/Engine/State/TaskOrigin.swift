public import Core

/// What a task was made from.
public enum TaskSource: String, Sendable, CaseIterable {
    case plan
}

/// Who or what asked for a task.
public enum TaskTrigger: String, Sendable, CaseIterable {
    case user, cli, api
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
    public var files: [TaskFile]
    public var tags: [String]
    /// A model that replaces those the plan's agents name, as `provider/model`.
    public var model: String?
    /// The model of agents that name none, as the settings said when the task was created.
    public var defaultModel: String?

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
