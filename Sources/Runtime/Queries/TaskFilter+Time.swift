internal import CEL
public import Core
public import Store

extension TaskFilter {
    /// A time as people and programs write it: RFC 3339, or a day, which stands for its first or its last millisecond.
    /// - Parameters:
    ///   - isEnd: whether the end of a day is meant.
    ///   - zone: where the day is; UTC when nobody says.
    public static func time(_ text: String, isEnd: Bool, in zone: TimeZoneRules? = nil) -> Timestamp? {
        guard text.utf8.count == 10 else { return Timestamp(rfc3339: text) }
        guard let midnight = Timestamp(rfc3339: text + "T00:00:00Z") else { return nil }
        guard let zone else { return midnight.adding(isEnd ? millisecondsPerDay - 1 : 0) }
        let begins = beginning(ofDayAt: midnight, in: zone)
        return isEnd ? beginning(ofDayAt: midnight.adding(millisecondsPerDay), in: zone).adding(-1) : begins
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The moment when clocks of the zone show that time of UTC; the first moment behind it when they skip it.
    private static func beginning(ofDayAt midnight: Timestamp, in zone: TimeZoneRules) -> Timestamp {
        let seconds = midnight.millisecondsSinceEpoch / 1000
        // The offset before and after the night in which clocks may be changed.
        let offsets = [-14 * 3600, 14 * 3600].map { zone.offsetSeconds(atSecondsSinceEpoch: seconds + Int64($0)) }
        let moments = offsets.map { seconds - Int64($0) }
        let fits = moments.filter { $0 + Int64(zone.offsetSeconds(atSecondsSinceEpoch: $0)) == seconds }
        let moment = fits.min() ?? moments.max() ?? seconds
        return Timestamp(millisecondsSinceEpoch: moment * 1000)
    }
}

extension Timestamp {
    fileprivate func adding(_ milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
    }
}
