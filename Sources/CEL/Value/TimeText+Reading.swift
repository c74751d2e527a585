public import Core

extension Timestamp {
    /// The moment that an RFC 3339 text says, to the millisecond; nil for any other text.
    public init?(rfc3339 text: String) {
        guard let instant = try? TimeText.instant(text) else { return nil }
        self.init(millisecondsSinceEpoch: instant.seconds * 1_000 + Int64(instant.nanoseconds) / 1_000_000)
    }
}

/// Durations as expressions write them into JSON.
public enum DurationValue: Sendable {
    /// The milliseconds of `90s`, `1.5s` or `1h30m`; nil for any other text.
    public static func milliseconds(_ text: String) -> Int64? {
        guard let nanoseconds = try? TimeText.nanoseconds(text) else { return nil }
        return nanoseconds / 1_000_000
    }
}
