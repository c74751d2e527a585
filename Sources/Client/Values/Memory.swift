public import Core

/// What an agent keeps from one task to the next.
public struct MemoryList: Sendable {
    /// The latest first.
    public var entries: [MemoryEntry]
    /// As the API gave it.
    public var json: JSON

    init(_ json: JSON) throws {
        self.json = json
        entries = try Fields(json, "a memory").array("entries").map(MemoryEntry.init)
    }
}

/// Something that an agent keeps.
public struct MemoryEntry: Sendable {
    public var name: String
    public var text: String
    public var saved: Timestamp
    /// The number of the task in which it was kept last.
    public var task: Int64

    init(_ json: JSON) throws {
        let fields = try Fields(json, "an entry of a memory")
        name = try fields.string("name")
        text = try fields.string("text")
        saved = try fields.time("saved")
        task = try fields.integer("task")
    }
}
