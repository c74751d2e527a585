public import Core

/// What is asked for when a task is repeated; what is nil is as it was.
public struct TaskAgain: Sendable {
    /// Which version of the plan runs.
    public enum Plan: Sendable {
        case asItWas, asItIs
        /// This document, with the files that stand beside it by their path.
        case document(path: String, text: String, files: [String: String])
    }

    public var plan: Plan = .asItWas
    /// The step from which on everything runs again.
    public var from: String?
    /// Whether nothing is taken over.
    public var isEverything = false
    public var name: String?
    public var inputs: JSONObject = [:]
    /// What finished steps are to have handed over, by their path.
    public var outputs: JSONObject = [:]
    public var files: [UploadedFile]?
    /// `provider/model`, or `default`.
    public var model: String?
    /// Bounds that differ: `duration`, `tokens`, `cost`, `model_calls`.
    public var limits: JSONObject = [:]
    public var tags: [String]?
    public var priority: Int?
    /// Who asks: `cli`, `api` or `user`.
    public var trigger = "api"

    public init() {}

    /// The body of a rerun, which changes nothing but the version of the plan.
    var rerunJSON: JSON {
        var object: JSONObject = ["plan": planJSON, "trigger": .string(trigger)]
        object["from"] = from.map(JSON.string)
        return .object(object)
    }

    /// The body of a restart.
    var restartJSON: JSON {
        guard case .object(var object) = rerunJSON else { preconditionFailure("A body is an object.") }
        if isEverything { object["all"] = true }
        object["name"] = name.map(JSON.string)
        if !inputs.isEmpty { object["inputs"] = .object(inputs) }
        if !outputs.isEmpty { object["outputs"] = .object(outputs) }
        object["files"] = files.map { files in
            .array(files.map { ["name": .string($0.name), "sha256": .string($0.hash.rawValue)] })
        }
        object["model"] = model.map(JSON.string)
        if !limits.isEmpty { object["limits"] = .object(limits) }
        object["tags"] = tags.map { .array($0.map(JSON.string)) }
        object["priority"] = priority.map { .int(Int64($0)) }
        return .object(object)
    }

    private var planJSON: JSON {
        switch plan {
        case .asItWas: return "as_it_was"
        case .asItIs: return "as_it_is"
        case .document(let path, let text, let files):
            let files = files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            return ["path": .string(path), "text": .string(text), "files": .object(JSONObject(files))]
        }
    }
}

/// What a restart would take over, and what it would run.
public struct TaskPreview: Sendable {
    public var reused: [Step]
    public var reusedTotal: Int
    public var again: [Step]
    public var againTotal: Int
    public var savedMilliseconds: Int64
    /// In US dollars.
    public var savedCost: String
    /// What the plans differ in, in the unified format.
    public var planDifference: String?
    public var droppedInputs: [String]
    /// As the API gave it.
    public var json: JSON

    /// One of the steps.
    public struct Step: Sendable {
        public var path: String
        public var kind: String
        /// Why it runs again; nil for one that is taken over.
        public var reason: String?
        public var isEdited: Bool

        init(_ json: JSON) throws {
            let fields = try Fields(json, "a step")
            path = try fields.string("path")
            kind = try fields.string("kind")
            reason = fields.text("reason")
            isEdited = json["edited"]?.boolValue ?? false
        }
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a preview")
        self.json = json
        reused = try fields.array("reused").map(Step.init)
        reusedTotal = try fields.count("reused_total")
        again = try fields.array("again").map(Step.init)
        againTotal = try fields.count("again_total")
        let saved = try fields.object("saved")
        savedMilliseconds = try saved.integer("duration_ms")
        savedCost = try saved.object("cost").string("amount")
        planDifference = fields.text("plan_difference")
        droppedInputs = fields.texts("dropped_inputs")
    }
}
