public import Core

/// What a step, and with it a task, waits for.
public struct TaskWait: Sendable, Hashable {
    public var reason: WaitReason
    /// The path of the step.
    public var step: String
    /// What it waits for, for people.
    public var sentence: String?
    public var since: Timestamp?
    /// When it ends by itself; nil when only somebody outside ends it.
    public var until: Timestamp?
    public var blocker: Blocker?

    /// What would have to move.
    public enum Blocker: Sendable, Hashable {
        /// A request to a person, by its id.
        case request(String)
        case task(TaskNumber)
        case signal(name: String, key: String)
    }

    init(_ json: JSON, step: String) throws {
        let fields = try Fields(json, "a wait")
        reason = WaitReason(rawValue: try fields.string("reason"))
        self.step = fields.text("step") ?? step
        sentence = fields.text("sentence")
        since = fields.moment("since")
        until = fields.moment("until")
        blocker = json["blocker"].flatMap(Blocker.init)
    }
}

extension TaskWait.Blocker {
    fileprivate init?(_ json: JSON) {
        if let id = json["request"]?.stringValue {
            self = .request(id)
        } else if let number = json["task"]?.intValue {
            self = .task(TaskNumber(rawValue: number))
        } else if let name = json["signal"]?.stringValue {
            self = .signal(name: name, key: json["key"]?.stringValue ?? "")
        } else {
            return nil
        }
    }
}

/// Why something waits; a server may know more than these.
public struct WaitReason: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let budget = WaitReason(rawValue: "budget")
    public static let dependency = WaitReason(rawValue: "dependency")
    public static let capacity = WaitReason(rawValue: "capacity")
    public static let retry = WaitReason(rawValue: "retry")
    public static let timer = WaitReason(rawValue: "timer")
}

/// A step as the plan has it, with what may stand in it.
public struct StepOutline: Sendable, Hashable {
    public var name: String
    /// The word of the plan language.
    public var kind: String
    /// The steps of each path of a branch; of a loop those of its body, under the empty name.
    public var blocks: [String: [StepOutline]]

    public init(name: String, kind: String, blocks: [String: [StepOutline]] = [:]) {
        self.name = name
        self.kind = kind
        self.blocks = blocks
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a step of a plan")
        self.init(name: try fields.string("name"), kind: try fields.string("kind"), blocks: try Self.blocks(json))
    }

    /// The member `blocks` of a step.
    static func blocks(_ json: JSON) throws -> [String: [StepOutline]] {
        var blocks: [String: [StepOutline]] = [:]
        for block in json["blocks"]?.arrayValue ?? [] {
            let fields = try Fields(block, "a block of steps")
            blocks[try fields.string("name")] = try fields.array("steps").map(StepOutline.init)
        }
        return blocks
    }
}
