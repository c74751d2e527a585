internal import CEL
internal import Core
internal import Plans

/// The times that a `wait` step has worked out.
enum WaitTime {
    /// - Throws: `Failure` when it is no length of time, or one that does not lie between nothing and a year.
    static func milliseconds(_ value: JSON) throws(Failure) -> Int64 {
        guard let text = value.stringValue,
            let milliseconds = DurationText.milliseconds(text) ?? DurationValue.milliseconds(text)
        else {
            throw Failure(.validation, "\(short(value)) is not a duration; write 90s, 10m, 1h30m or 2d.")
        }
        guard milliseconds >= 0, milliseconds <= Limits.planDurationMillisecondsMaximum else {
            throw Failure(.validation, "\(short(value)) is not a duration between nothing and 366 days.")
        }
        return milliseconds
    }

    /// - Throws: `Failure` when it is no moment, or one that is too far away.
    static func moment(_ value: JSON, now: Timestamp) throws(Failure) -> Timestamp {
        guard let moment = value.stringValue.flatMap(Timestamp.init(rfc3339:)) else {
            throw Failure(.validation, "\(short(value)) is not a moment; write it as 2026-12-24T18:00:00Z.")
        }
        guard moment.milliseconds(since: now) <= Limits.waitMillisecondsMaximum else {
            throw Failure(.validation, "\(short(value)) is more than ten years away.")
        }
        return moment
    }

    private static func short(_ value: JSON) -> String {
        let text = value.text
        return text.utf8.count > 80 ? text.prefix(80) + "…" : text
    }
}
