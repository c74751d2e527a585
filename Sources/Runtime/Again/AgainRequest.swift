public import Core
public import Engine
public import Plans

/// A request to repeat a task, as it was or with changes. What is nil is as in the original.
public struct AgainRequest: Sendable {
    /// Which version of the plan runs.
    public enum PlanChoice: Sendable {
        /// The one the original ran.
        case asItWas
        /// The latest that is saved under the plan's name.
        case asItIs
        case source(PlanSource)
    }

    /// Which model agents ask.
    public enum ModelChoice: Sendable, Hashable {
        case named(String)
        /// What plan and settings say.
        case standard
    }

    public var plan: PlanChoice
    /// The step, iteration or path of a branch from which on everything runs again; an agent's turn as `summary@2`.
    public var from: String?
    /// Whether nothing is taken over.
    public var isEverything: Bool
    public var name: String?
    /// Values that differ; null for the default.
    public var inputs: [String: JSON] = [:]
    public var files: [TaskRequest.File]?
    public var model: ModelChoice?
    /// Bounds that differ.
    public var limits = TaskLimits()
    public var tags: [String]?
    public var priority: Int?
    /// What finished steps are to have handed over, by their path.
    public var outputs: [String: JSON] = [:]
    public var trigger: TaskRequest.Trigger = .api
    /// A key by which a repetition of the request is known.
    public var idempotencyKey: String?
    /// Whether the key alone says what is asked for: `TaskRequest.keySaysAll`.
    public var keySaysAll = false

    private init(plan: PlanChoice, from: String?, isEverything: Bool) {
        self.plan = plan
        self.from = from
        self.isEverything = isEverything
    }

    /// A rerun: everything runs again, or all that a step leads to.
    public static func rerun(_ plan: PlanChoice = .asItWas, from step: String? = nil) -> AgainRequest {
        AgainRequest(plan: plan, from: step, isEverything: step == nil)
    }

    /// A restart with changes: what they do not touch is taken over.
    public static func restart(_ plan: PlanChoice = .asItWas, from step: String? = nil) -> AgainRequest {
        AgainRequest(plan: plan, from: step, isEverything: false)
    }

    /// Whether anything but the version of the plan differs.
    var isEdited: Bool {
        if case .source = plan { return true }
        return name != nil || !inputs.isEmpty || files != nil || model != nil || limits != TaskLimits() || tags != nil
            || priority != nil || !outputs.isEmpty
    }
}

extension AgainRequest {
    /// A hash over all that makes two requests the same.
    func fingerprint(of task: TaskNumber) -> ContentHash {
        if keySaysAll, let idempotencyKey { return ContentHash(of: Array(idempotencyKey.utf8)) }
        func object(_ values: [String: JSON]) -> JSON {
            .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        }
        let plan: JSON =
            switch plan {
            case .asItWas: "was"
            case .asItIs: "is"
            case .source(let source): .string(source.hash.rawValue)
            }
        let model: JSON =
            switch model {
            case nil: nil
            case .standard?: true
            case .named(let name)?: .string(name)
            }
        let request: JSON = [
            "rerun_of": .int(task.rawValue), "plan": plan, "from": from.map(JSON.string) ?? nil,
            "all": .bool(isEverything), "name": name.map(JSON.string) ?? nil, "inputs": object(inputs),
            "files": files.map { .array($0.map { [.string($0.name), .string($0.hash.rawValue)] }) } ?? nil,
            "model": model, "limits": limits.json, "tags": tags.map { .array($0.map(JSON.string)) } ?? nil,
            "priority": priority.map { .int(Int64($0)) } ?? nil, "outputs": object(outputs),
        ]
        return ContentHash(of: request.bytes)
    }
}
