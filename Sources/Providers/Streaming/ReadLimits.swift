package import Core
internal import HTTPClient

/// What the header fields of a refusal say about trying again, without a server: for tests of what may stand in them.
package enum ReadLimits: Sendable {
    /// How long a provider asks to wait, in milliseconds; nil when it does not say, or trying again is no use.
    /// - Parameters:
    ///   - fields: `name: value` lines.
    ///   - now: what dates are counted from.
    package static func waitMilliseconds(status: Int, fields: [(name: String, value: String)], now: Timestamp) -> Int64?
    {
        var headers = ClientHeaders()
        for field in fields { headers.add(field.name, field.value) }
        return TemporaryRefusal(modelStatus: status, headers: headers, now: now)?.retryAfterMilliseconds
    }
}
