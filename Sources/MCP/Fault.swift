/// Why an exchange with a server failed, as the end of a sentence. `Subject` makes it an error that says which server it
/// was and what was asked of it.
struct Fault: Error {
    var reason: String
    var hint: String?
    var cause: (any Error)?

    init(_ reason: String, hint: String? = nil, cause: (any Error)? = nil) {
        self.reason = reason
        self.hint = hint
        self.cause = cause
    }
}

/// The cause of an error when a server did not answer in its time.
public struct MCPTimeout: Error, Sendable, Hashable {
    public init() {}
}
