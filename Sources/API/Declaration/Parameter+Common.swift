internal import Core
internal import HTTPServer

extension Parameter<String> {
    static let task = path("id", "The number or the id of a task.")
}

extension Parameter<Int> {
    static let page = integer("page", 1...1_000_000, default: 1, "Which page of the list.")
    static let size = integer("size", 1...100, default: 25, "How many a page has.")
}

extension Parameter<String?> {
    static let version = text(
        "version", "The hash of a version, or its first digits; without it, the latest one is meant.")

    /// The key by which a repetition of this request is known.
    static let idempotencyKey = Parameter(
        name: "Idempotency-Key", place: .header,
        summary: "The same request with the same key has its effect once; 1 to 255 bytes.", isRequired: false,
        schema: .text(1...255)
    ) { key in
        guard let key else { return nil }
        guard (1...255).contains(key.utf8.count) else {
            throw SignalboxError(.invalidInput, "The header Idempotency-Key must have 1 to 255 bytes.")
        }
        return key
    }
}
