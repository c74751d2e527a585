public import Core

/// A step that waits for a signal: a projection. A step waits for one at a time.
public struct SignalWaitRow: Sendable, Hashable {
    public var name: String
    /// Which signal of that name; empty when the step takes any that has no key.
    public var key: String
    public var task: TaskNumber
    public var step: StepPath
    /// The event with which it began to wait.
    public var since: Position

    public init(name: String, key: String, task: TaskNumber, step: StepPath, since: Position) {
        self.name = name
        self.key = key
        self.task = task
        self.step = step
        self.since = since
    }
}

/// A signal that came before anybody waited for it. No task's event tells of it, so it is no projection.
public struct KeptSignalRow: Sendable, Hashable {
    /// Given by the writer, increasing.
    public var id: Int64
    public var name: String
    public var key: String
    /// JSON text.
    public var payload: [UInt8]
    public var arrived: Timestamp

    public init(id: Int64, name: String, key: String, payload: [UInt8], arrived: Timestamp) {
        self.id = id
        self.name = name
        self.key = key
        self.payload = payload
        self.arrived = arrived
    }
}
