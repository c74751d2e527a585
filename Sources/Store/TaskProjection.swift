public import Core

/// All rows that follow from the events of one task, in an order that depends on them alone: two of them can be compared.
public struct TaskProjection: Sendable, Equatable {
    public var task: TaskRow?
    public var text: TaskText?
    /// By path.
    public var steps: [StepRow]
    /// By ordinal.
    public var decisions: [DecisionRow]
    /// By step.
    public var signalWaits: [SignalWaitRow]
    /// Sorted.
    public var blobs: [ContentHash]
    /// What its calls of models add to the sums. Nobody can tell it from the rows that stand there, so it is empty in what
    /// is read and does not count when two are compared.
    public var usage: [UsageRow] = []

    /// Puts the rows into their order.
    public init(
        task: TaskRow?, text: TaskText? = nil, steps: [StepRow] = [], decisions: [DecisionRow] = [],
        signalWaits: [SignalWaitRow] = [],
        blobs: some Sequence<ContentHash> = []
    ) {
        self.task = task
        self.text = text
        self.steps = steps.sorted { $0.path.rawValue < $1.path.rawValue }
        self.decisions = decisions.sorted { $0.ordinal < $1.ordinal }
        self.signalWaits = signalWaits.sorted { $0.step.rawValue < $1.step.rawValue }
        self.blobs = Set(blobs).sorted { $0.rawValue < $1.rawValue }
    }

    public static func == (left: TaskProjection, right: TaskProjection) -> Bool {
        left.task == right.task && left.text == right.text && left.steps == right.steps
            && left.decisions == right.decisions && left.signalWaits == right.signalWaits && left.blobs == right.blobs
    }
}
