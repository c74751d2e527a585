/// The status of a task; a server may know more than these.
public struct TaskStatus: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let queued = TaskStatus(rawValue: "queued")
    public static let running = TaskStatus(rawValue: "running")
    public static let waiting = TaskStatus(rawValue: "waiting")
    public static let completed = TaskStatus(rawValue: "completed")
    public static let failed = TaskStatus(rawValue: "failed")
    public static let cancelled = TaskStatus(rawValue: "cancelled")

    /// Whether the task has come to its end.
    public var isFinal: Bool { self == .completed || self == .failed || self == .cancelled }
}

/// The status of a step; a server may know more than these.
public struct StepStatus: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let queued = StepStatus(rawValue: "queued")
    public static let running = StepStatus(rawValue: "running")
    public static let waiting = StepStatus(rawValue: "waiting")
    public static let completed = StepStatus(rawValue: "completed")
    public static let failed = StepStatus(rawValue: "failed")
    public static let skipped = StepStatus(rawValue: "skipped")
    public static let cancelled = StepStatus(rawValue: "cancelled")
}
