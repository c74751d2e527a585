internal import Client
internal import Core

/// A step of one of the tasks, by the key the task was asked for with.
struct ChaosStep: Hashable, Sendable {
    var task: String
    var name: String
}

/// What the journal has said, event by event. One of these is read while the server is killed again and again, another
/// from the first event on when all is over.
struct ChaosJournal: Sendable {
    /// The runs of a step.
    struct Runs: Sendable {
        var started: [Position] = []
        var completed: [Position] = []
    }

    /// The newest event that was read.
    private(set) var position = Position.zero
    /// How often a task was made for each key.
    private(set) var created: [String: Int] = [:]
    private(set) var runs: [ChaosStep: Runs] = [:]
    /// What completed tasks have given; null for one that ended otherwise.
    private(set) var ended: [String: JSON] = [:]
    private var keys: [Int64: String] = [:]

    /// How many steps have finished.
    var stepsCompleted: Int { runs.values.reduce(0) { $0 + $1.completed.count } }

    /// Whether it was said that the step has finished.
    func isCompleted(_ step: ChaosStep) -> Bool { runs[step].map { !$0.completed.isEmpty } ?? false }

    /// Takes the next event.
    /// - Throws: `SignalboxError` when it is of a task that the journal has not told of.
    mutating func read(_ event: TaskEvent) throws {
        position = event.position
        guard let number = event.json["task"]?.intValue else { throw Self.strange(event) }
        if event.type == .taskCreated, let key = event.data?["inputs"]?["key"]?.stringValue {
            keys[number] = key
            created[key, default: 0] += 1
        }
        guard let key = keys[number] else { throw Self.strange(event) }
        if event.type.endsTask { ended[key] = event.data?["outputs"] ?? .null }
        guard let name = event.step else { return }
        let step = ChaosStep(task: key, name: name)
        if event.type == .stepStarted { runs[step, default: Runs()].started.append(event.position) }
        if event.type == .stepCompleted { runs[step, default: Runs()].completed.append(event.position) }
    }

    private static func strange(_ event: TaskEvent) -> SignalboxError {
        SignalboxError(.internal, "The event at position \(event.position) is of no task that the test has asked for.")
    }
}
