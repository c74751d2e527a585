public import Core
public import Engine
public import Plans
internal import Store

/// A request to start a task.
public struct TaskRequest: Sendable {
    /// Which plan is to run.
    public enum PlanChoice: Sendable {
        /// The version of that name that runs: the published one, else the latest.
        case named(String)
        /// A document that came with the request.
        case source(PlanSource)
        /// Free instructions: to an agent of the library, or to the planner, which chooses a plan.
        case prompt(String, agent: String?)
        /// An app, with what was filled in for its parameters.
        case app(String, parameters: [String: JSON])
    }

    public var plan: PlanChoice
    /// Values of inputs; those with a default may be missing.
    public var inputs: [String: JSON]
    /// Names of files and the hashes of their bytes, which are in the blob store already.
    public var files: [File]
    /// What people call it; nil to let it be named after the plan.
    public var name: String?
    public var tags: [String]
    /// Replaces the models of the plan's agents.
    public var model: String?
    /// Bounds in the place of those of the plan.
    public var limits: TaskLimits
    /// In the place of the plan's: tasks of a higher one get their turn first.
    public var priority: Int?
    public var trigger: Trigger
    /// A key by which a repetition of the request is known.
    public var idempotencyKey: String?
    /// Whether the key alone says what is asked for, as where it was made of all that somebody has filled in: then a request
    /// with the same key is the same one, whatever the rest has become.
    public var keySaysAll = false
    /// What could not be read where the request comes from. It is refused, together with what else is wrong with it.
    public var mistakes: [Diagnostic] = []

    /// A file given to a task.
    public struct File: Sendable, Hashable {
        public var name: String
        public var hash: ContentHash
        /// What the client says that it is; nil for what its name stands for.
        public var mediaType: String?

        public init(name: String, hash: ContentHash, mediaType: String? = nil) {
            self.name = name
            self.hash = hash
            self.mediaType = mediaType
        }
    }

    /// Who asks.
    public enum Trigger: String, Sendable, CaseIterable {
        case user, cli, api
    }

    public init(
        plan: PlanChoice, inputs: [String: JSON] = [:], files: [File] = [], name: String? = nil, tags: [String] = [],
        model: String? = nil, limits: TaskLimits = TaskLimits(), priority: Int? = nil, trigger: Trigger = .api,
        idempotencyKey: String? = nil
    ) {
        self.plan = plan
        self.inputs = inputs
        self.files = files
        self.name = name
        self.tags = tags
        self.model = model
        self.limits = limits
        self.priority = priority
        self.trigger = trigger
        self.idempotencyKey = idempotencyKey
    }
}
