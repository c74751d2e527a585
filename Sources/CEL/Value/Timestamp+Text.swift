public import Core

extension Timestamp {
    /// The moment that an RFC 3339 text says, as expressions read it; the offset is required, and what is finer than a
    /// millisecond is cut off. Nil for anything else.
    public init?(rfc3339 text: String) {
        do throws(EvaluationError) {
            let instant = try TimeText.instant(text)
            self.init(millisecondsSinceEpoch: instant.seconds * 1000 + Int64(instant.nanoseconds) / 1_000_000)
        } catch {
            return nil
        }
    }
}
