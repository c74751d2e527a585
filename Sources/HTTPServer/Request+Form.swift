internal import Core

extension Request {
    /// The fields of a form as a browser sends them, in their order.
    ///
    /// Throws `unsupported_media_type` if the body is not called a form, `malformed_request` if it is none.
    public func form() throws -> Query {
        guard contentType == "application/x-www-form-urlencoded" else {
            throw SignalboxError(
                .unsupportedMediaType, "The body must be a form, not \(contentType ?? "of no stated type").",
                hint: "Send the header Content-Type: application/x-www-form-urlencoded.")
        }
        return try RequestTarget.parameters(body, part: "form")
    }
}
