public import Core

/// What an examination of a database has found.
public struct DatabaseFindings: Sendable, Hashable {
    /// The version of its schema, and the newest this program knows.
    public var schema: Int64
    public var newestSchema: Int64
    /// What the database says about its own structure; empty when it is sound.
    public var damage: [String]
    public var tasks: Int64
    public var events: Int64
    public var bytes: Int64
    /// Blobs that tasks need and that are not there.
    public var missingBlobs: [ContentHash]

    public init(
        schema: Int64, newestSchema: Int64, damage: [String], tasks: Int64, events: Int64, bytes: Int64,
        missingBlobs: [ContentHash]
    ) {
        self.schema = schema
        self.newestSchema = newestSchema
        self.damage = damage
        self.tasks = tasks
        self.events = events
        self.bytes = bytes
        self.missingBlobs = missingBlobs
    }
}
