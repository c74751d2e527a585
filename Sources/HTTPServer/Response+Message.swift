extension Response {
    /// With the headers that every response carries, unless it sets them itself.
    var withStandardHeaders: Response {
        var response = self
        for (name, value) in Self.standardHeaders where response.headers[name] == nil {
            response.headers.add(name, value)
        }
        return response
    }

    /// Browsers shall not guess types, tell other sites where they came from, or let other sites embed what is ours.
    private static let standardHeaders: [(String, String)] = [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ]

    /// The whole message as it goes over the wire (HTTP/1.1) when it is the last of its connection.
    var closingMessage: [UInt8] {
        guard case .bytes(let content) = body else { preconditionFailure("Only bytes are sent directly.") }
        var text = "HTTP/1.1 \(status.rawValue) \(status.reasonPhrase)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        text += "Content-Length: \(content.count)\r\nConnection: close\r\n\r\n"
        return Array(text.utf8) + content
    }
}
