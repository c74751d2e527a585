public import Core

/// What a backup holds.
public struct BackupSummary: Sendable, Hashable {
    public var createdAt: Timestamp
    /// The version of the program that wrote it.
    public var program: String
    public var tasks: Int64
    public var events: Int64
    public var plans: Int64
    public var blobs: Int64
    /// Of all blobs together.
    public var blobBytes: Int64
    /// The newest event it holds.
    public var position: Position
    /// Blobs that tasks need but that were not there, or not what their hash says, when it was written.
    public var missing: [ContentHash]

    public init(
        createdAt: Timestamp, program: String, tasks: Int64, events: Int64, plans: Int64, blobs: Int64,
        blobBytes: Int64, position: Position, missing: [ContentHash]
    ) {
        self.createdAt = createdAt
        self.program = program
        self.tasks = tasks
        self.events = events
        self.plans = plans
        self.blobs = blobs
        self.blobBytes = blobBytes
        self.position = position
        self.missing = missing
    }
}
