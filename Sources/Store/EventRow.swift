public import Core

/// An event as it is stored: what the engine said, with its place in the journal.
public struct EventRow: Sendable, Hashable {
    public var position: Position
    public var task: TaskNumber
    /// Counts the events of the task from 1, without gaps.
    public var sequence: Int64
    public var at: Timestamp
    public var kind: String
    public var step: StepPath?
    public var run: RunNumber?
    /// JSON text. A payload that is too large for the row lies in the blob store; here stands a reference to it then.
    public var payload: [UInt8]

    public init(
        position: Position, task: TaskNumber, sequence: Int64, at: Timestamp, kind: String, step: StepPath?,
        run: RunNumber?, payload: [UInt8]
    ) {
        self.position = position
        self.task = task
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.step = step
        self.run = run
        self.payload = payload
    }
}
