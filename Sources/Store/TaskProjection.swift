public import Core

/// All rows that follow from the events of one task, in an order that depends on them alone: two of them can be compared.
public struct TaskProjection: Sendable, Hashable {
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
}
