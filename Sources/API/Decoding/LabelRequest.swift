internal import Core
internal import Engine

/// The body of `PATCH /api/tasks/{id}`.
struct LabelRequest: Sendable {
    var name: String?
    var tags: TaskLabels.TagChange?

    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    init(_ body: JSON) throws {
        var reader = try ObjectReader(body)
        name = reader.string("name")
        tags = Self.tags(&reader)
        try reader.finish()
    }

    /// `["a", "b"]` for all of them, or `{"add": […], "remove": […]}`.
    static func tags(_ reader: inout ObjectReader) -> TaskLabels.TagChange? {
        switch reader.value("tags") {
        case nil: return nil
        case .array?: return reader.strings("tags").map(TaskLabels.TagChange.set)
        case let change?:
            do {
                var fields = try ObjectReader(change, at: reader.pointer(to: "tags"))
                let adding = fields.strings("add") ?? []
                let removing = fields.strings("remove") ?? []
                reader.add(fields.mistakes())
                return .change(adding: adding, removing: removing)
            } catch {
                reader.add("\"tags\" must be a list of tags, or an object with \"add\" and \"remove\"", at: "tags")
                return nil
            }
        }
    }
}
