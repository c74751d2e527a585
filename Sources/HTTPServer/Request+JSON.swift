public import Core

extension Request {
    /// The body as JSON.
    ///
    /// Throws `unsupported_media_type` if the client did not call it JSON in UTF-8, `invalid_json` with line and column if it is
    /// none.
    public func json() throws -> JSON {
        guard contentType == "application/json" else {
            throw SignalboxError(
                .unsupportedMediaType, "The body must be JSON, not \(contentType ?? "of no stated type").",
                hint: "Send the header Content-Type: application/json.")
        }
        if let charset, charset != "utf-8", charset != "us-ascii" {
            throw SignalboxError(
                .unsupportedMediaType, "The body must be JSON in UTF-8, not in \(charset.prefix(40)).",
                hint: "Send the header Content-Type: application/json.")
        }
        return try JSON(parsing: body)
    }

    /// The character set that the body is said to be in, in lower case.
    private var charset: String? {
        let parameters = headers["Content-Type"]?.split(separator: ";").dropFirst() ?? []
        for parameter in parameters {
            let plain = parameter.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.lowercased()
            if plain.hasPrefix("charset=") { return String(plain.dropFirst("charset=".utf8.count)) }
        }
        return nil
    }
}
