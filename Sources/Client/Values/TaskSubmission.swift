public import Core

/// What is asked for when a task is started.
public struct TaskSubmission: Sendable {
    /// Which plan is to run.
    public enum Plan: Sendable {
        /// The saved one of that name.
        case named(String)
        /// This document, with the files that stand beside it by their path.
        case document(path: String, text: String, files: [String: String])
        /// None: these instructions are for an agent of the library, or for the planner.
        case prompt(String, agent: String?)
    }

    public var plan: Plan
    public var inputs: JSONObject
    /// Files that were uploaded.
    public var files: [UploadedFile]
    public var name: String?
    public var tags: [String]
    /// Replaces the models of the plan's agents.
    public var model: String?
    /// Bounds in the place of those of the plan: `duration`, `tokens`, `cost`, `model_calls`.
    public var limits: JSONObject
    /// In the place of the plan's.
    public var priority: Int?
    /// Who asks: `cli`, `api` or `user`.
    public var trigger: String
    /// By which a repetition of the request is known.
    public var idempotencyKey: String?

    public init(
        plan: Plan, inputs: JSONObject = [:], files: [UploadedFile] = [], name: String? = nil, tags: [String] = [],
        model: String? = nil, limits: JSONObject = [:], priority: Int? = nil, trigger: String = "api",
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

    /// The body of the request.
    var json: JSON {
        var object: JSONObject = [:]
        switch plan {
        case .named(let name): object["plan"] = .string(name)
        case .document(let path, let text, let files):
            let files = files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            object["plan"] = ["path": .string(path), "text": .string(text), "files": .object(JSONObject(files))]
        case .prompt(let prompt, let agent):
            object["prompt"] = .string(prompt)
            object["agent"] = agent.map(JSON.string)
        }
        if !inputs.isEmpty { object["inputs"] = .object(inputs) }
        object["files"] = .array(files.map { ["name": .string($0.name), "sha256": .string($0.hash.rawValue)] })
        object["name"] = name.map(JSON.string)
        object["tags"] = .array(tags.map(JSON.string))
        object["model"] = model.map(JSON.string)
        if !limits.isEmpty { object["limits"] = .object(limits) }
        object["priority"] = priority.map { .int(Int64($0)) }
        object["trigger"] = .string(trigger)
        return .object(object)
    }
}
