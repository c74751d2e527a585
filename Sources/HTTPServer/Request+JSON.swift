public import Core

extension Request {
    /// The body as JSON.
    ///
    /// Throws `unsupported_media_type` if the client did not call it JSON, `invalid_json` with line and column if it is
    /// none.
    public func json() throws -> JSON {
        guard contentType == "application/json" else {
            throw SignalboxError(
                .unsupportedMediaType, "The body must be JSON, not \(contentType ?? "of no stated type").",
                hint: "Send the header Content-Type: application/json.")
        }
        return try JSON(parsing: body)
    }
}
