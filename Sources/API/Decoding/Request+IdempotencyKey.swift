internal import Core
internal import HTTPServer

extension Request {
    /// The key by which a repetition of this request is known; nil when it has none.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    func idempotencyKey() throws -> String? {
        guard let key = headers["Idempotency-Key"] else { return nil }
        guard (1...255).contains(key.utf8.count) else {
            throw SignalboxError(.invalidInput, "The header Idempotency-Key must have 1 to 255 bytes.")
        }
        return key
    }
}
