public import Core

/// A loop or branch that has begun.
struct ContainerState: Sendable {
    /// The slots of its frames that have not ended.
    var openFrames: [Int] = []
    /// The slots of frames that failed or were cut off; a retry takes them up again.
    var brokenFrames: [Int] = []
    /// Whether no further iteration begins.
    var isStopping = false
    var failure: Failure?
    /// Whether it has ended, for good or until it is retried.
    var isClosed = false
    /// What it adds to the counters of its task.
    var tally = StepTally()
    /// The path that a branch has taken.
    var path: String?
    var loop: LoopState?
}

/// How far a loop has come. Iterations that have ended leave only their output.
struct LoopState: Sendable {
    var source: LoopSource
    /// How many iterations have begun.
    var begun = 0
    var completed = 0
    var failed = 0
    /// Set when it has ended because the condition did not hold any more.
    var hasEnded = false
    /// The output of the latest iteration that ended, for `previous`.
    var previous = JSON.null
    var outputs = OutputList()

    /// How many iterations there will be; nil when only time tells.
    var total: Int? {
        switch source {
        case .items(let items): items.count
        case .times(let count): count
        case .condition: hasEnded ? begun : nil
        }
    }
}

/// What a loop goes over, worked out when it began.
public enum LoopSource: Sendable, Hashable {
    case items([JSON])
    case times(Int)
    case condition
}

extension LoopSource {
    /// The form of the journal.
    var json: JSON {
        switch self {
        case .items(let items): ["items": .array(items)]
        case .times(let count): ["times": .int(Int64(count))]
        case .condition: ["while": true]
        }
    }

    init(_ json: JSON) throws {
        if let items = json["items"]?.arrayValue {
            self = .items(items)
        } else if let count = json["times"]?.intValue {
            self = .times(Int(count))
        } else if json["while"] != nil {
            self = .condition
        } else {
            throw JournalFormatError.member("items")
        }
    }
}
