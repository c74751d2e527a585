public import Core

/// The other side answered that it cannot do it now, but may later: the cause of an `upstream_error`, for those who
/// decide whether and when to try again.
public struct TemporaryRefusal: Error, Sendable, Hashable {
    /// How long it asks to be left alone; nil when it did not say.
    public var retryAfterMilliseconds: Int64?

    public init(retryAfterMilliseconds: Int64? = nil) {
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }

    /// What an answer with an error says about trying again; nil when that is no use.
    /// - Parameter now: what a date in `Retry-After` is counted from.
    public init?(status: Int, headers: ClientHeaders, now: Timestamp) {
        guard Self.isTemporary(status: status) else { return nil }
        self.init(retryAfterMilliseconds: headers["Retry-After"].flatMap { RetryAfter.milliseconds($0, now: now) })
    }

    /// Whether a status speaks of the moment rather than of the request: too many of them, or a fault of the server.
    public static func isTemporary(status: Int) -> Bool { status == 429 || (500...599).contains(status) }
}
