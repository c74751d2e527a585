internal import Core
internal import Store

/// The body of `PUT /api/views/{name}`.
struct ViewRequest: Sendable {
    var filters: [String: String]
    var sort: String?

    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    init(_ body: JSON) throws {
        var reader = try ObjectReader(body)
        sort = reader.string("sort")
        filters = FilterFields.texts(&reader, "filters") ?? [:]
        if let sort {
            do {
                _ = try TaskSort(sort)
            } catch let error as SignalboxError {
                reader.add(FilterFields.sentence(error.message), at: "sort", hint: error.hint)
            }
        }
        try reader.finish()
    }
}
