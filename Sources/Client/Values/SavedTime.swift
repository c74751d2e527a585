public import Core

/// One time that a version of a plan or an agent was saved.
public struct SavedTime: Sendable, Hashable {
    public var saved: Timestamp
    public var author: String?
    public var note: String?

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a time of saving")
        saved = try fields.time("saved")
        author = fields.text("author")
        note = fields.text("note")
    }
}
