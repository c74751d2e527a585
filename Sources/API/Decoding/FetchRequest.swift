internal import Core

/// The body of `POST /api/files/fetch`.
struct FetchRequest: Sendable {
    var url: String
    var name: String?

    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    init(_ body: JSON) throws {
        var reader = try ObjectReader(body)
        let url = reader.string("url")
        name = reader.string("name")
        if url == nil, body["url"]?.isNull ?? true { reader.add("\"url\" is missing", at: "url") }
        try reader.finish()
        self.url = url ?? ""
    }
}
